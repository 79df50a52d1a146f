import { posix } from 'node:path';
import { readProjectFile, SOURCE_FILES } from './project-files.ts';

/** One import of one source file. */
export interface Import {
  from: string;
  /** A file of the project, from its root, or the name of a package or of one of Node's modules. */
  to: string;
  isPackage: boolean;
  /** Gone when the program runs. */
  isTypeOnly: boolean;
}

const STATIC = /^\s*(?:import|export)\s+(?<what>(?:type\s+)?[^'";]*?\sfrom\s+)?'(?<name>[^']+)'/gmu;
const DYNAMIC = /\bimport\(\s*'(?<name>[^']+)'/gu;
const IN_HTML = /<(?:script|link)\b[^>]*\b(?:src|href)="(?<name>\.[^"]+)"/gu;

function isTypeOnly(what: string | undefined): boolean {
  if (what === undefined) return false;
  if (/^type\s/u.test(what)) return true;
  const [, names] = /^\{(.*)\}\s*from\s+$/su.exec(what) ?? [];
  if (names === undefined) return false;
  return names
    .split(',')
    .filter((name) => name.trim() !== '')
    .every((name) => /^\s*type\s/u.test(name));
}

export function importsOf(from: string, text: string): Import[] {
  const found = [STATIC, DYNAMIC, IN_HTML].flatMap((pattern) => [...text.matchAll(pattern)]);
  return found.map(({ groups }) => {
    const name = groups?.['name'] ?? '';
    const isPackage = !name.startsWith('.');
    return {
      from,
      to: isPackage ? name : posix.join(posix.dirname(from), name),
      isPackage,
      isTypeOnly: isTypeOnly(groups?.['what']),
    };
  });
}

export const IMPORTS: readonly Import[] = SOURCE_FILES.filter(
  (name) => !name.endsWith('.css'),
).flatMap((name) => importsOf(name, readProjectFile(name)));

/** `src/page/main.iife.ts` is in `page`. */
export const roomOf = (name: string): string | undefined => /^src\/([^/]+)\//u.exec(name)?.[1];
