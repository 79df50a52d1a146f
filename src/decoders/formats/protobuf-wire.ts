import { ByteCursor, type Stop } from './byte-cursor.ts';

/** The wire types that are in use (https://protobuf.dev/programming-guides/encoding/); groups are long gone. */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED32 = 5;
export type WireType = typeof VARINT | typeof FIXED64 | typeof LENGTH_DELIMITED | typeof FIXED32;

/** One field as it stands on the wire; a number where its type has one. */
export interface WireField {
  readonly number: number;
  readonly type: WireType;
  /** Where its tag begins. */
  readonly offset: number;
  /** Varint and fixed: the unsigned bits. */
  readonly bits: bigint;
  /** Length-delimited: a view of its bytes. */
  readonly bytes: Uint8Array;
}

const NOTHING: Uint8Array = new Uint8Array();
const MOST_VARINT_BYTES = 10;

/** Base 128, least significant group first; beyond 64 bits nothing counts. */
export function readVarint(cursor: ByteCursor): bigint {
  const from = cursor.at;
  let low = 0;
  let bits = 0n;
  for (let i = 0; i < MOST_VARINT_BYTES; i += 1) {
    const byte = cursor.uint8();
    // Most are short: whole numbers are quick up to 28 bits.
    if (i < 4) low += (byte & 0x7f) * 2 ** (7 * i);
    else bits |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return BigInt.asUintN(64, bits | BigInt(low));
  }
  cursor.fail('a varint of more than ten bytes', from);
  return 0n;
}

const isWireType = (type: number): type is WireType =>
  type === VARINT || type === FIXED64 || type === LENGTH_DELIMITED || type === FIXED32;

/** The next field; `undefined` at the end, and where the cursor stopped. */
export function readField(cursor: ByteCursor): WireField | undefined {
  if (cursor.isAtEnd) return undefined;
  const offset = cursor.at;
  const tag = readVarint(cursor);
  const type = Number(tag & 7n);
  const number = Number(tag >> 3n);
  if (cursor.hasStopped()) return undefined;
  if (number === 0 || number >= 2 ** 29) {
    cursor.fail(`there is no field number ${number}`, offset);
    return undefined;
  }
  if (!isWireType(type)) {
    cursor.fail(`wire type ${type} is not in use`, offset);
    return undefined;
  }
  const field = { number, type, offset, bits: 0n, bytes: NOTHING };
  if (type === LENGTH_DELIMITED) field.bytes = readBytes(cursor);
  else field.bits = readBits(cursor, type);
  return !cursor.hasStopped() ? field : undefined;
}

export function readBits(
  cursor: ByteCursor,
  type: Exclude<WireType, typeof LENGTH_DELIMITED>,
): bigint {
  if (type === VARINT) return readVarint(cursor);
  return type === FIXED32 ? BigInt(cursor.uint32(true)) : cursor.uint64(true);
}

function readBytes(cursor: ByteCursor): Uint8Array {
  return cursor.take(Number(readVarint(cursor))) ?? NOTHING;
}

/** The fields of a message, and where the bytes are none any more. */
export function fieldsIn(bytes: Uint8Array): { fields: WireField[]; stop?: Stop } {
  const cursor = new ByteCursor(bytes);
  const fields: WireField[] = [];
  while (cursor.enter(0)) {
    const field = readField(cursor);
    if (field === undefined) break;
    fields.push(field);
  }
  return { fields, ...(cursor.stop !== undefined && { stop: cursor.stop }) };
}

/** The sign that `sint32` and `sint64` keep in the last bit. */
export const zigzagOf = (bits: bigint): bigint => (bits >> 1n) ^ -(bits & 1n);

const scratch = new DataView(new ArrayBuffer(8));

export function float32Of(bits: bigint): number {
  scratch.setUint32(0, Number(BigInt.asUintN(32, bits)));
  return scratch.getFloat32(0);
}

export function float64Of(bits: bigint): number {
  scratch.setBigUint64(0, bits);
  return scratch.getFloat64(0);
}
