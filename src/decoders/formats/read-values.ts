import type { Data } from '../../core/decoded/data.ts';
import { MOST_PARTS } from '../decoder.ts';
import { ByteCursor, type Stop } from './byte-cursor.ts';

/** What bytes hold: values one after another, most often one. */
export interface ReadValues {
  readonly values: readonly Data[];
  /** Where it went wrong; the last value then holds what was read until there. */
  readonly stop?: Stop;
}

/** Reads one value; a container that could not be read to its end holds what was there. */
export type ReadValue = (cursor: ByteCursor, depth: number) => Data | undefined;

export function readValues(bytes: Uint8Array, readValue: ReadValue): ReadValues {
  const cursor = new ByteCursor(bytes);
  const values: Data[] = [];
  while (!cursor.isAtEnd) {
    if (values.length === MOST_PARTS) {
      cursor.fail(`more than ${MOST_PARTS} values one after another`);
      break;
    }
    const value = readValue(cursor, 0);
    if (value !== undefined) values.push(value);
  }
  return { values, ...(cursor.stop !== undefined && { stop: cursor.stop }) };
}

/** @param count how many items; `Infinity` where a reader of its own says when it is over */
export function readItems(
  cursor: ByteCursor,
  count: number,
  depth: number,
  readValue: ReadValue,
): Data[] {
  const items: Data[] = [];
  for (let i = 0; i < count && !cursor.hasStopped(); i += 1) {
    const item = readValue(cursor, depth + 1);
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}

export function readEntries(
  cursor: ByteCursor,
  count: number,
  depth: number,
  readValue: ReadValue,
): [Data, Data][] {
  const entries: [Data, Data][] = [];
  for (let i = 0; i < count && !cursor.hasStopped(); i += 1) {
    const key = readValue(cursor, depth + 1);
    if (key === undefined) break;
    const value = readValue(cursor, depth + 1);
    if (value === undefined) {
      cursor.fail('a key without a value');
      break;
    }
    entries.push([key, value]);
  }
  return entries;
}
