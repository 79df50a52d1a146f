/**
 * A decoded value, whatever format it came in. Nothing is rounded and nothing is renamed: whole numbers beyond
 * 2^53 are `bigint`, bytes stay bytes, maps keep their order, doubled keys and keys that are no text.
 * It can be copied between threads.
 */
export type Data =
  null | boolean | number | bigint | string | Uint8Array | readonly Data[] | DataMap | Tagged;

export interface DataMap {
  readonly entries: readonly (readonly [key: Data, value: Data])[];
}

/** A value that its format has a name for and JSON has not: `timestamp`, `undefined`, `ext 5`, `tag 32`, `field 3`. */
export interface Tagged {
  readonly tag: string;
  readonly value: Data;
}

export const isList = (data: Data): data is readonly Data[] => Array.isArray(data);

export const isMap = (data: Data): data is DataMap =>
  typeof data === 'object' && data !== null && 'entries' in data && !isList(data) && !isBytes(data);

export const isTagged = (data: Data): data is Tagged =>
  typeof data === 'object' && data !== null && 'tag' in data;

export const isBytes = (data: Data): data is Uint8Array => data instanceof Uint8Array;

/** A map of what is known by name; what is `undefined` is left out. */
export function fieldsOf(fields: Readonly<Record<string, Data | undefined>>): DataMap {
  const entries: [string, Data][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) entries.push([name, value]);
  }
  return { entries };
}
