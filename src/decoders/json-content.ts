import type { Data } from '../core/decoded/data.ts';
import type { Content } from '../core/decoded/decoded.ts';
import type { JsonObject } from './json-parts.ts';

/** A member as it stands in the text; one that is a text is looked into by itself. */
export function contentOf({ value, slice }: JsonObject, name: string): Content | undefined {
  const text = slice(name);
  if (text === undefined) return undefined;
  const member = value[name];
  if (typeof member === 'string') {
    return { as: 'payload', payload: member };
  }
  return { as: 'json', text };
}

/** The members named, where they are words or numbers; of others their text. */
export function membersAsData(
  { value, slice }: JsonObject,
  names: readonly string[],
): Record<string, Data | undefined> {
  return Object.fromEntries(
    names.map((name) => {
      const member = value[name];
      const isScalar =
        typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean';
      return [name, isScalar ? member : slice(name)];
    }),
  );
}

/** A member that is a text or a number, as text: ids are both. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
