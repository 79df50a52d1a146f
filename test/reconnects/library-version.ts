import { readFile } from 'node:fs/promises';

/** The installed version of a package, as its own manifest tells it. */
export async function libraryVersion(library: string | null): Promise<string | undefined> {
  if (library === null) return undefined;
  const file = new URL(`../../node_modules/${library}/package.json`, import.meta.url);
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}
