import { type Data, isList, isMap, isTagged } from '../../core/decoded/data.ts';
import { SAMPLE_LENGTH } from '../decoder.ts';
import { isPrintable } from './printable.ts';
import type { ReadValues } from './read-values.ts';

/** Letters in texts that chance does not make. */
export const ENOUGH_LETTERS = 4;
/** Values that are looked at to judge the whole. */
const LOOKED_AT = 2000;
/** Field numbers go up from 1; a schema with more is rare, and chance makes it. */
const USUAL_FIELD_NUMBER = 512;

/** What makes decoded bytes credible. */
export interface Credence {
  /** Letters in texts and keys. */
  readonly letters: number;
  /** Something that no encoder writes where somebody wrote text: controls, bytes that are no UTF-8. */
  readonly isOdd: boolean;
}

export function credenceOf(data: Data): Credence {
  let letters = 0;
  let isOdd = false;
  const open: Data[] = [data];
  for (let seen = 0; seen < LOOKED_AT; seen += 1) {
    const next = open.pop();
    if (next === undefined) break;
    if (typeof next === 'string') {
      if (isPrintable(next)) letters += next.length > 1 ? next.length : 0;
      else isOdd = true;
    } else if (isTagged(next)) {
      if (next.tag === 'invalid UTF-8' || next.tag.startsWith('simple ')) isOdd = true;
      open.push(next.value);
    } else if (isMap(next)) {
      for (const [key, value] of next.entries.slice(0, LOOKED_AT)) open.push(value, key);
    } else if (isList(next)) {
      open.push(...next.slice(0, LOOKED_AT));
    }
  }
  return { letters, isOdd };
}

const isContainer = (data: Data): boolean =>
  isList(data) || isMap(data) || (isTagged(data) && isContainer(data.value));

/** One whole object or list, with text in it. */
export function isCredible({ values, stop }: ReadValues): boolean {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0 || stop !== undefined) return false;
  if (!isContainer(value)) return false;
  const { letters, isOdd } = credenceOf(value);
  return letters >= ENOUGH_LETTERS && !isOdd;
}

/** Whether bytes are one whole object or list, whatever is in it; a sample may be cut. */
export function isWholeContainer({ values, stop }: ReadValues, bytes: Uint8Array): boolean {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0 || !isContainer(value)) return false;
  return stop === undefined || bytes.length >= SAMPLE_LENGTH;
}

/** RFC 8949 section 3.4.6: tag 55799 is there to be a magic. */
export const isSelfDescribed = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd9 && bytes[1] === 0xd9 && bytes[2] === 0xf7;

export const hasUsualNumbers = (entries: readonly (readonly [Data, Data])[]): boolean =>
  entries.every(([number]) => typeof number === 'number' && number <= USUAL_FIELD_NUMBER);
