import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './list-files.ts';
import type { BuildTarget } from './manifest-for.ts';
import { extensionFolder, ROOT } from './paths.ts';

/** What goes into the extension. */
const SOURCES = [
  'src',
  'assets',
  'manifest.json',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** The lab runs beside the extension and is no part of it. */
const NOT_BUILT = 'src/lab/';

/** A digest of everything that the extension is built from; times do not count, a checkout changes them. */
export async function digestSources(root = ROOT): Promise<string> {
  const files = (await Promise.all(SOURCES.map((path) => listFiles(root, path)))).flat();
  return digest(
    root,
    files.filter((name) => !name.startsWith(NOT_BUILT)),
  );
}

/** Whether the folder holds exactly what was built from the sources as they are now. */
export async function isFresh(browser: BuildTarget, root = ROOT): Promise<boolean> {
  const stamp = await readFile(stampFile(browser, root), 'utf8').catch(() => '');
  return stamp !== '' && stamp === (await stampOf(browser, await digestSources(root), root));
}

/** @param sources the digest from before the build: what changed meanwhile is built the next time */
export async function writeStamp(
  browser: BuildTarget,
  sources: string,
  root = ROOT,
): Promise<void> {
  await writeFile(stampFile(browser, root), await stampOf(browser, sources, root));
}

async function stampOf(browser: BuildTarget, sources: string, root: string): Promise<string> {
  const folder = extensionFolder(browser, root);
  return `sources ${sources}\nresult ${await digest(folder, await listFiles(folder, '.'))}\n`;
}

/** Beside the folder: a store refuses what does not belong to the extension. */
function stampFile(browser: BuildTarget, root: string): string {
  return join(root, 'dist', `.${browser}-stamp`);
}

async function digest(root: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of names) {
    const contents = await readFile(join(root, name));
    hash.update(`${name}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex');
}
