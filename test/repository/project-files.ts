import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../src/build/list-files.ts';
import { ROOT } from '../../src/build/paths.ts';

const FOLDERS = ['.ci', 'assets', 'docs', 'src', 'test'];

/** Text and not text, by name; what is built, installed or logged is none of them, nor a worktree's `.git`. */
const inRoot = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== '.git' && !entry.name.endsWith('.log'))
  .map(({ name }) => name);
const inFolders = await Promise.all(FOLDERS.map((folder) => listFiles(ROOT, folder)));

/** Every file of the project, from its root. */
export const PROJECT_FILES: readonly string[] = [...inRoot, ...inFolders.flat()];

export const SOURCE_FILES = PROJECT_FILES.filter((name) =>
  /^src\/.*\.(?:ts|svelte|html|css)$/u.test(name),
);

export const readProjectFile = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
