import type { Session } from '../core/session.ts';

/** A session from a file, and in plain words what of the file is not in it. */
export interface Imported {
  session: Session;
  warnings: string[];
}

/** Told now and then while a file is read: the characters read so far. */
export type OnProgress = (charsRead: number) => void;

/** `3 records`, `1 record` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
