import { readHar } from './har/read.ts';
import type { Imported, OnProgress } from './imported.ts';
import { decodeChunks, type FileChunks } from './text-chunks.ts';
import { TraceError } from './trace-error.ts';
import { readWirescope } from './wirescope/read.ts';

/** A way to read a session from a file. */
export interface Importer {
  id: string;
  label: string;
  /** Whether a file that begins like this is for this importer. */
  recognises: (head: string) => boolean;
  /** @throws {TraceError} */
  read: (chunks: FileChunks, onProgress?: OnProgress) => Promise<Imported>;
}

/** Enough to tell formats apart, also where a HAR is indented. */
const HEAD_CHARS = 4096;

/** Every importer, from the most to the least specific head. */
export const IMPORTERS: readonly Importer[] = [
  {
    id: 'jsonl',
    label: 'Wirescope trace (JSON lines)',
    recognises: (head) => /^\s*\{\s*"format"\s*:\s*"wirescope"/u.test(head),
    read: (chunks, onProgress) => readWirescope(chunks, onProgress && { onProgress }),
  },
  {
    id: 'har',
    label: 'HAR',
    recognises: (head) => /^\s*\{\s*"log"\s*:/u.test(head),
    read: readHar,
  },
];

/**
 * Opens a file of any known format, told by its beginning and not by its name.
 * @throws {TraceError} when no importer knows the file, or the one that does cannot read it
 */
export async function importTrace(chunks: FileChunks, onProgress?: OnProgress): Promise<Imported> {
  const texts = decodeChunks(chunks);
  let head = '';
  while (head.length < HEAD_CHARS) {
    const next = await texts.next();
    if (next.done === true) break;
    head += next.value;
  }
  if (head.trim() === '') throw new TraceError('The file is empty.');
  const importer = IMPORTERS.find(({ recognises }) => recognises(head));
  if (importer === undefined) {
    await texts.return();
    throw new TraceError(
      `This file is neither ${IMPORTERS.map(({ label }) => `a ${label}`).join(' nor ')}. A Wirescope trace begins with {"format":"wirescope", a HAR with {"log":.`,
    );
  }
  return importer.read(following(head, texts), onProgress);
}

async function* following(
  head: string,
  rest: AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  yield head;
  yield* rest;
}
