import type { Data } from '../../core/decoded/data.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { exactInteger, momentOf, textOrBytes } from './exact.ts';
import { readEntries, readItems, type ReadValues, readValues } from './read-values.ts';

/**
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md). The libraries make objects of it, in which
 * doubled keys, keys that are no text and what an extension held are lost; and they tell no place.
 */
export const readMsgpack = (bytes: Uint8Array): ReadValues => readValues(bytes, readValue);

const TIMESTAMP = -1;

function readValue(cursor: ByteCursor, depth: number): Data | undefined {
  const from = cursor.at;
  if (!cursor.enter(depth)) return undefined;
  const byte = cursor.uint8();
  if (cursor.hasStopped()) return undefined;
  if (byte < 0x80) return byte;
  if (byte < 0x90) return readMap(cursor, byte & 0x0f, depth);
  if (byte < 0xa0) return readItems(cursor, byte & 0x0f, depth, readValue);
  if (byte < 0xc0) return readText(cursor, byte & 0x1f);
  if (byte >= 0xe0) return byte - 0x100;
  const read = TYPES[byte - 0xc0];
  if (read === undefined) {
    cursor.fail('byte 0xc1 means nothing in MessagePack', from);
    return undefined;
  }
  return kept(cursor, read(cursor, depth));
}

/** A number that could not be read is none; a container keeps what it has. */
function kept(cursor: ByteCursor, value: Data | undefined): Data | undefined {
  const isContainer = typeof value === 'object' && value !== null;
  return !cursor.hasStopped() || isContainer ? value : undefined;
}

const readMap = (cursor: ByteCursor, count: number, depth: number): Data => ({
  entries: readEntries(cursor, count, depth, readValue),
});

function readText(cursor: ByteCursor, length: number): Data | undefined {
  const bytes = cursor.take(length);
  return bytes && textOrBytes(bytes);
}

function readExtension(cursor: ByteCursor, length: number): Data | undefined {
  const type = (cursor.uint8() << 24) >> 24;
  const bytes = cursor.take(length);
  if (bytes === undefined) return undefined;
  const moment = type === TIMESTAMP ? readTimestamp(bytes) : undefined;
  return moment === undefined
    ? { tag: `ext ${type}`, value: bytes.slice() }
    : { tag: 'timestamp', value: moment };
}

/** Seconds alone, 30 bits of nanoseconds and 34 of seconds, or 32 and 64. */
function readTimestamp(bytes: Uint8Array): Data | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (bytes.length) {
    case 4:
      return momentOf(BigInt(view.getUint32(0)), 0);
    case 8: {
      const both = view.getBigUint64(0);
      return momentOf(both & 0x3ffffffffn, Number(both >> 34n));
    }
    case 12:
      return momentOf(view.getBigInt64(4), view.getUint32(0));
    default:
      return undefined;
  }
}

/** From 0xc0 to 0xdf. */
const TYPES: readonly (((cursor: ByteCursor, depth: number) => Data | undefined) | undefined)[] = [
  () => null,
  undefined,
  () => false,
  () => true,
  (cursor) => cursor.take(cursor.uint8())?.slice(),
  (cursor) => cursor.take(cursor.uint16())?.slice(),
  (cursor) => cursor.take(cursor.uint32())?.slice(),
  (cursor) => readExtension(cursor, cursor.uint8()),
  (cursor) => readExtension(cursor, cursor.uint16()),
  (cursor) => readExtension(cursor, cursor.uint32()),
  (cursor) => cursor.float32(),
  (cursor) => cursor.float64(),
  (cursor) => cursor.uint8(),
  (cursor) => cursor.uint16(),
  (cursor) => cursor.uint32(),
  (cursor) => exactInteger(cursor.uint64()),
  (cursor) => (cursor.uint8() << 24) >> 24,
  (cursor) => (cursor.uint16() << 16) >> 16,
  (cursor) => cursor.uint32() | 0,
  (cursor) => exactInteger(BigInt.asIntN(64, cursor.uint64())),
  (cursor) => readExtension(cursor, 1),
  (cursor) => readExtension(cursor, 2),
  (cursor) => readExtension(cursor, 4),
  (cursor) => readExtension(cursor, 8),
  (cursor) => readExtension(cursor, 16),
  (cursor) => readText(cursor, cursor.uint8()),
  (cursor) => readText(cursor, cursor.uint16()),
  (cursor) => readText(cursor, cursor.uint32()),
  (cursor, depth) => readItems(cursor, cursor.uint16(), depth, readValue),
  (cursor, depth) => readItems(cursor, cursor.uint32(), depth, readValue),
  (cursor, depth) => readMap(cursor, cursor.uint16(), depth),
  (cursor, depth) => readMap(cursor, cursor.uint32(), depth),
];
