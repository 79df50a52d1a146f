import { type Data, isList } from '../core/decoded/data.ts';
import { DESCRIBED } from './amqp-names.ts';
import type { ByteCursor } from './formats/byte-cursor.ts';
import { exactInteger, momentOf, textOrBytes } from './formats/exact.ts';
import { readEntries, readItems } from './formats/read-values.ts';

/** The type system of AMQP 1.0 (part 1); what has a descriptor is tagged with its name. */
export function readAmqp(cursor: ByteCursor, depth: number): Data | undefined {
  if (!cursor.enter(depth)) return undefined;
  return readAs(cursor, cursor.uint8(), depth);
}

const DESCRIPTOR = 0x00;

function readAs(cursor: ByteCursor, code: number, depth: number): Data | undefined {
  if (cursor.hasStopped()) return undefined;
  if (code === DESCRIPTOR) return readDescribed(cursor, depth);
  const read = TYPES[code];
  if (read === undefined) {
    cursor.fail(`there is no type 0x${code.toString(16).padStart(2, '0')} in AMQP`, cursor.at - 1);
    return undefined;
  }
  const value = read(cursor, depth);
  // A number that could not be read is none; a container keeps what it has.
  const isContainer = typeof value === 'object' && value !== null;
  return cursor.hasStopped() && !isContainer ? undefined : value;
}

function readDescribed(cursor: ByteCursor, depth: number): Data | undefined {
  const descriptor = readAmqp(cursor, depth + 1);
  const value = readAmqp(cursor, depth + 1);
  if (descriptor === undefined || value === undefined) return undefined;
  const known = typeof descriptor === 'number' ? DESCRIBED.get(descriptor) : undefined;
  if (known === undefined) return { tag: `described ${wordOf(descriptor)}`, value };
  const { name, members } = known;
  return { tag: name, value: isList(value) && members.length > 0 ? named(members, value) : value };
}

const wordOf = (descriptor: Data): string => {
  if (typeof descriptor === 'object' && descriptor !== null && 'tag' in descriptor) {
    return wordOf(descriptor.value);
  }
  return typeof descriptor === 'object' ? 'type' : String(descriptor);
};

/** What is null was not said. */
const named = (members: readonly string[], values: readonly Data[]): Data => ({
  entries: values.flatMap((value, index) =>
    value === null ? [] : [[members[index] ?? index, value] as const],
  ),
});

const bytesOf = (cursor: ByteCursor, length: number): Data | undefined =>
  cursor.take(length)?.slice();

function textOf(cursor: ByteCursor, length: number): Data | undefined {
  const bytes = cursor.take(length);
  return bytes && textOrBytes(bytes);
}

const tagged = (tag: string, value: Data | undefined): Data | undefined =>
  value === undefined ? undefined : { tag, value };

function momentAt(cursor: ByteCursor): Data {
  const milliseconds = BigInt.asIntN(64, cursor.uint64());
  const rest = Number(((milliseconds % 1000n) + 1000n) % 1000n);
  return momentOf((milliseconds - BigInt(rest)) / 1000n, rest * 1_000_000);
}

function uuidOf(cursor: ByteCursor): Data | undefined {
  const hex = Array.from(cursor.take(16) ?? [], (byte) => byte.toString(16).padStart(2, '0'));
  const text = hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
  return tagged('uuid', text);
}

function charOf(cursor: ByteCursor): Data {
  const point = cursor.uint32();
  return { tag: 'char', value: point <= 0x10ffff ? String.fromCodePoint(point) : point };
}

type Width = 1 | 4;
const lengthOf = (cursor: ByteCursor, width: Width): number =>
  width === 1 ? cursor.uint8() : cursor.uint32();

/** Size, then count: none has more items than bytes. */
function countOf(cursor: ByteCursor, width: Width): number {
  const from = cursor.at;
  const size = lengthOf(cursor, width);
  const count = lengthOf(cursor, width);
  if (count <= size && size - width <= cursor.bytes.length - cursor.at) return count;
  cursor.fail(`${count} values do not stand in ${size} bytes`, from);
  return 0;
}

const listOf = (width: Width) => (cursor: ByteCursor, depth: number) =>
  readItems(cursor, countOf(cursor, width), depth, readAmqp);

const mapOf = (width: Width) => (cursor: ByteCursor, depth: number) => ({
  entries: readEntries(cursor, Math.floor(countOf(cursor, width) / 2), depth, readAmqp),
});

/** One constructor for all items. */
const arrayOf = (width: Width) => (cursor: ByteCursor, depth: number) => {
  const count = countOf(cursor, width);
  const code = cursor.uint8();
  if (code === DESCRIPTOR) {
    cursor.fail('arrays of described values are not read');
    return [];
  }
  return readItems(cursor, count, depth, (each, inner) =>
    each.enter(inner) ? readAs(each, code, inner) : undefined,
  );
};

/** By their constructors (1.6). */
const TYPES: Readonly<Record<number, (cursor: ByteCursor, depth: number) => Data | undefined>> = {
  0x40: () => null,
  0x41: () => true,
  0x42: () => false,
  0x43: () => 0,
  0x44: () => 0,
  0x45: () => [],
  0x50: (cursor) => cursor.uint8(),
  0x51: (cursor) => (cursor.uint8() << 24) >> 24,
  0x52: (cursor) => cursor.uint8(),
  0x53: (cursor) => cursor.uint8(),
  0x54: (cursor) => (cursor.uint8() << 24) >> 24,
  0x55: (cursor) => (cursor.uint8() << 24) >> 24,
  0x56: (cursor) => cursor.uint8() === 1,
  0x60: (cursor) => cursor.uint16(),
  0x61: (cursor) => (cursor.uint16() << 16) >> 16,
  0x70: (cursor) => cursor.uint32(),
  0x71: (cursor) => cursor.uint32() | 0,
  0x72: (cursor) => cursor.float32(),
  0x73: charOf,
  0x74: (cursor) => tagged('decimal32', bytesOf(cursor, 4)),
  0x80: (cursor) => exactInteger(cursor.uint64()),
  0x81: (cursor) => exactInteger(BigInt.asIntN(64, cursor.uint64())),
  0x82: (cursor) => cursor.float64(),
  0x83: (cursor) => tagged('timestamp', momentAt(cursor)),
  0x84: (cursor) => tagged('decimal64', bytesOf(cursor, 8)),
  0x94: (cursor) => tagged('decimal128', bytesOf(cursor, 16)),
  0x98: uuidOf,
  0xa0: (cursor) => bytesOf(cursor, cursor.uint8()),
  0xa1: (cursor) => textOf(cursor, cursor.uint8()),
  0xa3: (cursor) => tagged('symbol', textOf(cursor, cursor.uint8())),
  0xb0: (cursor) => bytesOf(cursor, cursor.uint32()),
  0xb1: (cursor) => textOf(cursor, cursor.uint32()),
  0xb3: (cursor) => tagged('symbol', textOf(cursor, cursor.uint32())),
  0xc0: listOf(1),
  0xc1: mapOf(1),
  0xd0: listOf(4),
  0xd1: mapOf(4),
  0xe0: arrayOf(1),
  0xf0: arrayOf(4),
};
