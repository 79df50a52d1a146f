import type { Usage } from '../../core/decoded/assembly.ts';
import { isRecord, readJsonList, readJsonObject } from '../json-parts.ts';

export type Members = Readonly<Record<string, unknown>>;
const NOTHING: Members = {};

/** The objects and lists that are there, and nothing for the rest: what comes from elsewhere may be anything. */
export const objectIn = (value: unknown, name: string): Members => {
  const member = isRecord(value) ? value[name] : undefined;
  return isRecord(member) ? member : NOTHING;
};

export const listIn = (value: unknown, name: string): readonly unknown[] => {
  const member = isRecord(value) ? value[name] : undefined;
  return Array.isArray(member) ? (member as unknown[]) : [];
};

export const textIn = (value: unknown, name: string): string | undefined => {
  const member = isRecord(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : undefined;
};

export const numberIn = (value: unknown, name: string): number | undefined => {
  const member = isRecord(value) ? value[name] : undefined;
  return typeof member === 'number' ? member : undefined;
};

/** A usage of what is known; `undefined` where nothing is. */
export function usageOf(counts: {
  readonly [Name in keyof Usage]: number | undefined;
}): Usage | undefined {
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** The text of a value inside a JSON text, as it stands there. */
export function sliceAt(text: string, path: readonly (string | number)[]): string | undefined {
  return path.reduce<string | undefined>((slice, step) => {
    if (slice === undefined) return undefined;
    return typeof step === 'string'
      ? readJsonObject(slice)?.slice(step)
      : readJsonList(slice)?.slice(step);
  }, text);
}
