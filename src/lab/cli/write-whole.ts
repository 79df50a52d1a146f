import { access, constants, copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Makes the folder where it is missing, and finds out early that nothing can be written to it. */
export async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(folder);
  await access(folder, constants.W_OK);
}

/** Node 20's own recursive `mkdir` never comes back from a place that takes no folders, such as `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** Puts a copy at `path`, or nothing: a file that stands there is never half written. */
export async function copyWhole(source: string, path: string): Promise<void> {
  await put(path, (part) => copyFile(source, part));
}

/** Writes the contents to `path`, or nothing. */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  await put(path, (part) => writeFile(part, contents));
}

async function put(path: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await fill(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    // The user knows the file by its own name.
    if (error instanceof Error) Object.assign(error, { path, dest: undefined });
    throw error;
  }
}
