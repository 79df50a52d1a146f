import { type Data, isBytes, isList, isMap, isTagged } from '../../core/decoded/data.ts';
import { visibleTextOf } from '../../core/payload/visible-text.ts';
import { keyText } from '../../core/shape/shape.ts';

/** A value inside another one. */
export interface DataChild {
  readonly name: string | number;
  readonly data: Data;
}

/** What is inside a value; `undefined` where it has no inside. */
export function childrenOfData(data: Data): readonly DataChild[] | undefined {
  if (data === null || typeof data !== 'object' || isBytes(data)) return undefined;
  if (isList(data)) return data.map((item, name) => ({ name, data: item }));
  if (isMap(data)) {
    return data.entries.map(([key, value]) => ({
      name: visibleTextOf(keyText(key), 'one-line'),
      data: value,
    }));
  }
  const inner = isTagged(data) ? data.value : null;
  return inner !== null && typeof inner === 'object' && !isBytes(inner)
    ? childrenOfData(inner)
    : undefined;
}

/** How a value is shown on its line. */
export interface ShownData {
  readonly text: string;
  readonly type: 'string' | 'number' | 'literal' | 'bytes' | 'container';
  /** What its format calls it, or how much is in it. */
  readonly note: string;
}

/** A line shows no more of a text. */
const LONGEST = 2_000;
const MOST_BYTES = 48;

export function shownData(data: Data): ShownData {
  if (typeof data === 'string') return shownText(data);
  if (typeof data === 'number' || typeof data === 'bigint') {
    return { text: String(data), type: 'number', note: '' };
  }
  if (data === null || typeof data === 'boolean') {
    return { text: String(data), type: 'literal', note: '' };
  }
  if (isBytes(data)) return shownBytes(data);
  if (isTagged(data)) {
    const inner = shownData(data.value);
    return { ...inner, note: inner.note === '' ? data.tag : `${data.tag}, ${inner.note}` };
  }
  const count = isList(data) ? data.length : data.entries.length;
  const what = isList(data) ? 'item' : 'field';
  return { text: '', type: 'container', note: `${count} ${count === 1 ? what : `${what}s`}` };
}

function shownText(text: string): ShownData {
  const left = text.length - LONGEST;
  const note = left > 0 ? `and ${left} more characters` : '';
  return { text: `"${visibleTextOf(text.slice(0, LONGEST), 'one-line')}"`, type: 'string', note };
}

function shownBytes(bytes: Uint8Array): ShownData {
  const hex = Array.from(bytes.subarray(0, MOST_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join(' ');
  const rest = bytes.length > MOST_BYTES ? ' …' : '';
  return { text: hex + rest, type: 'bytes', note: `${bytes.length} bytes` };
}
