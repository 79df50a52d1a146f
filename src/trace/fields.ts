import { TraceError } from './trace-error.ts';

/** A parsed JSON object of which nothing is known yet. Never copied, so `__proto__` is just a key. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The largest distance from 1970 that a `Date` can tell (ECMA-262, time range). */
export const FARTHEST_TIME = 8.64e15;
/** Ids live in 32 bits. */
const LARGEST_ID = 2 ** 32 - 1;
const SHOWN_CHARS = 40;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The readers below take one field out of a record; all throw a TraceError that names the field. */
export function readText(record: JsonRecord, key: string): string {
  const value = record[key];
  if (typeof value !== 'string') throw wrong(key, 'text', value);
  return value;
}

export function readTexts(record: JsonRecord, key: string): string[] {
  const value = record[key];
  if (!Array.isArray(value)) throw wrong(key, 'a list of texts', value);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw wrong(key, 'a list of texts', item);
    return item;
  });
}

export function readBoolean(record: JsonRecord, key: string): boolean {
  const value = record[key];
  if (typeof value !== 'boolean') throw wrong(key, 'true or false', value);
  return value;
}

/** A mark that is `true` or absent. */
export function readMark(record: JsonRecord, key: string): true {
  const value = record[key];
  if (value !== true) throw wrong(key, 'true, or absent', value);
  return true;
}

/** Milliseconds, from the session's start or from 1970. */
export function readTime(record: JsonRecord, key: string): number {
  const value = record[key];
  if (typeof value !== 'number' || !(Math.abs(value) <= FARTHEST_TIME)) {
    throw wrong(key, 'a time in milliseconds', value);
  }
  return value;
}

export function readCount(record: JsonRecord, key: string): number {
  return readWhole(record, key, Number.MAX_SAFE_INTEGER);
}

export function readId(record: JsonRecord, key: string): number {
  return readWhole(record, key, LARGEST_ID);
}

export function readWhole(record: JsonRecord, key: string, most: number): number {
  const value = record[key];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) {
    throw wrong(key, `a whole number from 0 to ${most}`, value);
  }
  return value;
}

export function readOneOf<T extends string>(
  record: JsonRecord,
  key: string,
  known: readonly T[],
): T {
  const value = record[key];
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw wrong(key, `one of ${known.join(', ')}`, value);
  return found;
}

export function readRecord(record: JsonRecord, key: string): JsonRecord {
  const value = record[key];
  if (!isRecord(value)) throw wrong(key, 'an object', value);
  return value;
}

/** Where a fact of a connection stands. */
export function readPlace(record: JsonRecord): { connection: number; at: number } {
  return { connection: readId(record, 'connection'), at: readTime(record, 'at') };
}

/**
 * A field that may be absent, ready to be spread: `{}` or `{ [key]: value }`.
 * `exactOptionalPropertyTypes` wants an absent field to be absent, not undefined.
 */
export function optional<K extends string, T>(
  record: JsonRecord,
  key: K,
  read: (record: JsonRecord, key: string) => T,
): Partial<Record<K, T>> {
  if (record[key] === undefined) return {};
  return { [key]: read(record, key) } as Record<K, T>;
}

function wrong(key: string, expected: string, value: unknown): TraceError {
  return new TraceError(`“${key}” should be ${expected}, but is ${shown(value)}.`);
}

/** A hostile value in few characters; objects are named, never walked. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  if (typeof value === 'string') return `“${shorten(value)}”`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return 'an object';
}

export function shorten(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
