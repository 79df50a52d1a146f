import {
  afterComma,
  childAt,
  decodeString,
  looksLikeJson,
  skipSpace,
  skipString,
} from '../core/payload/json-scan.ts';
import { MOST_VALUES } from './decoder.ts';

/** A JSON object whose members can be had as values and as they stand in the text. */
export interface JsonObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** The text of a member's value; of a doubled key the last one, as `JSON.parse` takes it. */
  readonly slice: (name: string) => string | undefined;
}

/** A JSON list, in the same way. */
export interface JsonList {
  readonly value: readonly unknown[];
  readonly slice: (index: number) => string | undefined;
}

export function readJson(text: string): unknown {
  if (!looksLikeJson(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function readJsonObject(text: string): JsonObject | undefined {
  const value = readJson(text);
  if (!isRecord(value)) return undefined;
  let slices: Map<string, string> | undefined;
  return {
    value,
    slice: (name) => (slices ??= membersOf(text)).get(name),
  };
}

export function readJsonList(text: string): JsonList | undefined {
  const value = readJson(text);
  if (!Array.isArray(value)) return undefined;
  let slices: string[] | undefined;
  return {
    value: value as unknown[],
    slice: (index) => (slices ??= [...childrenOf(text, false)].map(([, slice]) => slice))[index],
  };
}

function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const [at, slice] of childrenOf(text, true)) {
    members.set(decodeString(text, at, skipString(text, at)), slice);
  }
  return members;
}

/** Where each child begins, and the text of its value. */
function* childrenOf(text: string, isObject: boolean): Generator<[at: number, slice: string]> {
  let at = skipSpace(text, 0) + 1;
  for (let count = 0; count < MOST_VALUES; count += 1) {
    const child = childAt(text, at, isObject, text.length);
    if (child === undefined) return;
    yield [child.start, text.slice(child.valueFrom, child.end)];
    at = afterComma(text, child.end);
  }
}
