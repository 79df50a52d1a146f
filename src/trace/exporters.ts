import type { Session } from '../core/session.ts';
import type { ExportContext } from './export-context.ts';
import { writeHar } from './har/write.ts';
import { writeOtlp } from './otlp/write.ts';
import { writePerfetto } from './perfetto/write.ts';
import { writeCsv, writeTsv } from './table/write.ts';
import { writeWirescope } from './wirescope/write.ts';

/** A way to write a session to a file. */
export interface Exporter {
  id: ExporterId;
  /** Whether what it writes can be opened again; the others are for other tools. */
  isTrace: boolean;
  /** As a menu shows it. */
  label: string;
  /** Of the file's name, without the dot. */
  extension: string;
  mediaType: string;
  /** The file in pieces, so that a large session never stands in one text; stop asking to cancel. */
  write: (session: Session, context: ExportContext) => Iterable<string>;
}

export type ExporterId = 'jsonl' | 'har' | 'csv' | 'tsv' | 'perfetto' | 'otlp';

/** Every exporter; the first is the one that loses nothing. */
export const EXPORTERS: readonly Exporter[] = [
  {
    id: 'jsonl',
    isTrace: true,
    label: 'Wirescope trace (JSON lines)',
    extension: 'jsonl',
    mediaType: 'application/x-ndjson',
    write: writeWirescope,
  },
  {
    id: 'har',
    isTrace: true,
    label: 'HAR, as Chrome exports it',
    extension: 'har',
    mediaType: 'application/json',
    write: writeHar,
  },
  {
    id: 'csv',
    isTrace: false,
    label: 'Messages as a table (CSV)',
    extension: 'csv',
    mediaType: 'text/csv',
    write: writeCsv,
  },
  {
    id: 'tsv',
    isTrace: false,
    label: 'Messages as a table (tabs)',
    extension: 'tsv',
    mediaType: 'text/tab-separated-values',
    write: writeTsv,
  },
  {
    id: 'perfetto',
    isTrace: false,
    label: 'Perfetto (Chrome trace events)',
    extension: 'perfetto.json',
    mediaType: 'application/json',
    write: writePerfetto,
  },
  {
    id: 'otlp',
    isTrace: false,
    label: 'OpenTelemetry (OTLP, JSON lines)',
    extension: 'otlp.jsonl',
    mediaType: 'application/x-ndjson',
    write: writeOtlp,
  },
];
