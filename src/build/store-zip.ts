import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { listFiles } from './list-files.ts';

/** The first moment that a zip can name, in local time as zips do; the same on every machine. */
const MTIME = new Date(1980, 0, 1);

/** A folder as a zip: the same files make the same bytes, whenever and wherever they are packed. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const name of await listFiles(folder, '.')) {
    entries[name] = [await readFile(join(folder, name)), { mtime: MTIME, level: 9 }];
  }
  return zipSync(entries);
}
