import { createSession, FactError, type Session } from '../../core/session.ts';
import { isRecord, type JsonRecord, readRecord, shorten } from '../fields.ts';
import { counted, type Imported, type OnProgress } from '../imported.ts';
import { decodeChunks, type FileChunks } from '../text-chunks.ts';
import { TraceError } from '../trace-error.ts';
import { readHeader } from './header.ts';
import { createLineSplitter } from './line-splitter.ts';
import { readFact } from './read-fact.ts';
import { FORMAT, type Upgrader, upgraderFor, type Versions, VERSIONS } from './version.ts';

/** Far above any payload limit, far below what would exhaust memory. */
const LONGEST_LINE = 1 << 28;
/** How many unknown kinds a warning names. */
const NAMED_KINDS = 3;

export interface ReadOptions {
  onProgress?: OnProgress;
  /** Only tests read other versions than those of this build. */
  versions?: Versions;
  /** Characters. */
  longestLine?: number;
}

/**
 * Reads our own format (see `write.ts`) as it comes; no more of it is held than one line.
 * A file that was cut in its last line opens up to the cut and says so.
 * @throws {TraceError} for a file that is no trace, comes from the future, or contradicts itself
 */
export async function readWirescope(
  chunks: FileChunks,
  { onProgress, versions = VERSIONS, longestLine = LONGEST_LINE }: ReadOptions = {},
): Promise<Imported> {
  const splitter = createLineSplitter(longestLine);
  const reader = createLineReader(versions);
  let charsRead = 0;
  for await (const chunk of decodeChunks(chunks)) {
    for (const line of splitter.push(chunk)) reader.read(line);
    charsRead += chunk.length;
    onProgress?.(charsRead);
  }
  reader.readLast(splitter.rest());
  return reader.finish();
}

interface LineReader {
  read: (line: string) => void;
  /** The line that no line break ended: a writer may have died in it. */
  readLast: (line: string) => void;
  finish: () => Imported;
}

function createLineReader(versions: Versions): LineReader {
  let opened: { session: Session; upgrade: Upgrader } | undefined;
  let number = 0;
  let unknownRecords = 0;
  const unknownKinds = new Set<string>();
  const warnings: string[] = [];

  function take(record: JsonRecord): void {
    if (opened === undefined) {
      opened = openHeader(record, versions);
      return;
    }
    const upgraded = opened.upgrade(record);
    const fact = readFact(upgraded);
    if (fact === undefined) {
      unknownRecords += 1;
      if (unknownKinds.size < NAMED_KINDS) unknownKinds.add(shorten(String(upgraded['kind'])));
      return;
    }
    opened.session.ingest(fact);
  }

  function read(line: string): void {
    number += 1;
    if (line.trim() === '') return;
    try {
      take(parseLine(line));
    } catch (error) {
      throw atLine(error, number);
    }
  }

  return {
    read,
    readLast: (line) => {
      if (opened !== undefined && line !== '' && !isJson(line)) {
        warnings.push(
          `The file is cut in line ${number + 1}. Everything before is here; what came after is lost.`,
        );
        return;
      }
      read(line);
    },
    finish: () => {
      if (opened === undefined) throw new TraceError('The file is empty.');
      if (unknownRecords > 0) {
        warnings.push(
          `Left out: ${counted(unknownRecords, 'record')} of a kind that this Wirescope does not know (${[...unknownKinds].join(', ')}).`,
        );
      }
      return { session: opened.session, warnings };
    },
  };
}

function openHeader(
  record: JsonRecord,
  versions: Versions,
): { session: Session; upgrade: Upgrader } {
  if (record['format'] !== FORMAT) {
    throw new TraceError(`a trace begins with {"format":"${FORMAT}", …}; this file does not.`);
  }
  const upgrade = upgraderFor(record, versions);
  const header = readHeader(readRecord(upgrade(record), 'session'));
  return { session: createSession(header), upgrade };
}

function parseLine(line: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TraceError(`this is not valid JSON: ${shorten(line)}`);
  }
  if (!isRecord(value)) throw new TraceError('a line should be one JSON object.');
  return value;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Facts that contradict each other and fields that do not fit are the file's fault; the rest is ours. */
function atLine(error: unknown, line: number): unknown {
  if (error instanceof TraceError && error.line === undefined) {
    return new TraceError(error.message, line);
  }
  return error instanceof FactError ? new TraceError(`${error.message}.`, line) : error;
}
