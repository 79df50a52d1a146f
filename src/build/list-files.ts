import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every file below a path, or the path itself where it is a file; names begin with the path, use `/`, and
 * stand in an order that no file system and no locale changes. What is not there has no files.
 */
export async function listFiles(root: string, path: string): Promise<string[]> {
  const found: string[] = [];
  await visit(path);
  return found.sort();

  async function visit(name: string): Promise<void> {
    const info = await stat(join(root, name)).catch(() => undefined);
    if (info?.isFile() === true) found.push(name);
    if (info?.isDirectory() !== true) return;
    for (const child of await readdir(join(root, name))) {
      await visit(name === '.' ? child : `${name}/${child}`);
    }
  }
}
