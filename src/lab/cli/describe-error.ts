import { stripVTControlCharacters } from 'node:util';
import { BuildError } from '../../build/build-extension.ts';

/** What the system's own words for a failure mean to a user. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'this is a folder, not a file',
  EADDRINUSE: 'this port is in use',
};

/** Lines in which a browser that does not start says why. */
const LAUNCH =
  /error while loading shared libraries.*|No usable sandbox.*|Missing X server.*|cannot open display.*/iu;

/** Any failure as a line for the user: no stack, no call log. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BuildError) return error.message;
  const { code, path, dest, port } = error as NodeJS.ErrnoException & {
    dest?: string;
    port?: number;
  };
  const words = code === undefined ? undefined : SYSTEM[code];
  const place = dest ?? path ?? (port === undefined ? undefined : `port ${port}`);
  if (words !== undefined) return place === undefined ? words : `${place}: ${words}.`;
  const message = stripVTControlCharacters(error.message);
  const launch = LAUNCH.exec(message)?.[0];
  if (message.includes('launchPersistentContext')) {
    return `The browser did not start${launch === undefined ? '' : `: ${launch.trim()}`}`;
  }
  const [first = ''] = message.split('\n');
  return first === '' ? error.name : first;
}
