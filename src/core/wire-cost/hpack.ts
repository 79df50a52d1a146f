import type { Headers } from '../facts.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Bytes } from '../units.ts';
import { STATIC_TABLE } from './hpack-static-table.ts';
import { huffmanLength } from './huffman-length.ts';

/** How long blocks of header fields are after HPACK, one after another on one connection. */
export interface HpackEncoder {
  /** The length of the next block; what it tells is remembered for the blocks after it. */
  encode: (fields: Headers) => Bytes;
}

/** RFC 7541 section 4.1: what an entry counts beside its name and value. */
const ENTRY: Bytes = 32;
/** RFC 9113 section 6.5.2, SETTINGS_HEADER_TABLE_SIZE before anybody changes it. */
const TABLE_SIZE: Bytes = 4_096;

/**
 * Counts what an encoder writes that indexes all fields but the path (as Chromium and nghttp2 do) and takes Huffman codes
 * where they are shorter (RFC 7541 section 6). Encoders are free to do otherwise, so this is an estimate.
 */
export function createHpackEncoder(): HpackEncoder {
  /** Newest first. */
  let dynamic: { name: string; value: string; size: Bytes }[] = [];

  function placeOf(name: string, value: string): { field?: number; name?: number } {
    const fixed = STATIC_TABLE.findIndex((entry) => entry[0] === name && entry[1] === value);
    if (fixed !== -1) return { field: fixed + 1 };
    const known = dynamic.findIndex((entry) => entry.name === name && entry.value === value);
    if (known !== -1) return { field: STATIC_TABLE.length + 1 + known };
    const fixedName = STATIC_TABLE.findIndex((entry) => entry[0] === name);
    if (fixedName !== -1) return { name: fixedName + 1 };
    const knownName = dynamic.findIndex((entry) => entry.name === name);
    return knownName === -1 ? {} : { name: STATIC_TABLE.length + 1 + knownName };
  }

  function remember(name: string, value: string): void {
    const size = utf8Length(name) + utf8Length(value) + ENTRY;
    dynamic.unshift({ name, value, size });
    let left = TABLE_SIZE;
    const kept = dynamic.findIndex((entry) => (left -= entry.size) < 0);
    if (kept !== -1) dynamic = dynamic.slice(0, kept);
  }

  return {
    encode: (fields) => {
      let length = 0;
      for (const [spelled, value] of fields) {
        const name = spelled.toLowerCase();
        const place = placeOf(name, value);
        if (place.field !== undefined) {
          length += integerLength(place.field, 7);
          continue;
        }
        length += integerLength(place.name ?? 0, 6);
        if (place.name === undefined) length += stringLength(name);
        length += stringLength(value);
        if (!name.startsWith(':') || name === ':authority') remember(name, value);
      }
      return length;
    },
  };
}

/** RFC 7541 section 5.2. */
function stringLength(text: string): Bytes {
  const length = Math.min(utf8Length(text), huffmanLength(text));
  return integerLength(length, 7) + length;
}

/** RFC 7541 section 5.1: how many bytes an integer takes whose first byte has room for so many bits. */
function integerLength(value: number, prefix: number): Bytes {
  const most = 2 ** prefix - 1;
  if (value < most) return 1;
  let [rest, length] = [value - most, 2];
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    length += 1;
  }
  return length;
}
