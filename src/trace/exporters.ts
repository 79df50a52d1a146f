import type { Session } from '../core/session.ts';
import type { ExportContext } from './export-context.ts';
import { writeHar } from './har/write.ts';
import { writeWirescope } from './wirescope/write.ts';

/** A way to write a session to a file. */
export interface Exporter {
  id: ExporterId;
  /** As a menu shows it. */
  label: string;
  /** Of the file's name, without the dot. */
  extension: string;
  mediaType: string;
  /** The file in pieces, so that a large session never stands in one text; stop asking to cancel. */
  write: (session: Session, context: ExportContext) => Iterable<string>;
}

export type ExporterId = 'jsonl' | 'har';

/** Every exporter; the first is the one that loses nothing. */
export const EXPORTERS: readonly Exporter[] = [
  {
    id: 'jsonl',
    label: 'Wirescope trace (JSON lines)',
    extension: 'jsonl',
    mediaType: 'application/x-ndjson',
    write: writeWirescope,
  },
  {
    id: 'har',
    label: 'HAR, as Chrome exports it',
    extension: 'har',
    mediaType: 'application/json',
    write: writeHar,
  },
];
