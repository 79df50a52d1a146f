import { isRecord, readRecord } from '../fields.ts';
import type { Imported, OnProgress } from '../imported.ts';
import { decodeChunks, type FileChunks } from '../text-chunks.ts';
import { TraceError } from '../trace-error.ts';
import { FORMAT } from '../wirescope/version.ts';
import { toImported } from './har-contents.ts';
import { readForeignHar } from './read-foreign.ts';
import { readOwnHar } from './read-own.ts';

/** A HAR is one JSON value, and no browser holds a longer text (V8: 2^29 - 24 characters). */
const LONGEST_TEXT = 2 ** 29 - 24;

/**
 * Reads a HAR, our own or Chrome's. Unlike our own format it has to be held as a whole.
 * @throws {TraceError} when it is no HAR, too long, or its `_wirescope` fields are damaged
 */
export async function readHar(chunks: FileChunks, onProgress?: OnProgress): Promise<Imported> {
  const root = parse(await collect(chunks, onProgress));
  const log = readRecord(root, 'log');
  const entries = log['entries'];
  if (!Array.isArray(entries)) throw new TraceError('A HAR should have a list “log.entries”.');
  const ours = log['_wirescope'];
  const isOurs = isRecord(ours) && ours['format'] === FORMAT;
  return toImported(isOurs ? readOwnHar(ours, entries) : readForeignHar(log, entries));
}

async function collect(chunks: FileChunks, onProgress: OnProgress | undefined): Promise<string> {
  const texts: string[] = [];
  let charsRead = 0;
  for await (const text of decodeChunks(chunks)) {
    charsRead += text.length;
    if (charsRead > LONGEST_TEXT) {
      throw new TraceError(
        'This HAR is too large to open: it has more than 512 million characters. A Wirescope trace (JSON lines) has no such limit.',
      );
    }
    texts.push(text);
    onProgress?.(charsRead);
  }
  return texts.join('');
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    throw new TraceError('This HAR is not valid JSON; perhaps it was cut.');
  }
  if (!isRecord(root)) throw new TraceError('A HAR should be one JSON object with a “log”.');
  return root;
}
