import type { Data } from '../core/decoded/data.ts';
import type { ByteCursor } from './formats/byte-cursor.ts';
import { exactInteger, textOrBytes } from './formats/exact.ts';
import { readItems } from './formats/read-values.ts';
import { readBytes, readNumber } from './yjs-frame.ts';

/** Text with its length, and no more checked than that. */
export const readLib0Text = (cursor: ByteCursor): Data => textOrBytes(readBytes(cursor));

/** Any value as lib0 writes it (`writeAny` in lib0/encoding): the type's byte counts down from 127. */
export function readAny(cursor: ByteCursor, depth: number): Data | undefined {
  if (!cursor.enter(depth)) return undefined;
  const from = cursor.at;
  const type = cursor.uint8();
  if (cursor.hasStopped()) return undefined;
  const read = ANY[127 - type];
  if (read === undefined) {
    cursor.fail(`there is no value of type ${type} in lib0`, from);
    return undefined;
  }
  return read(cursor, depth);
}

const ANY: readonly ((cursor: ByteCursor, depth: number) => Data)[] = [
  () => ({ tag: 'undefined', value: null }),
  () => null,
  readSigned,
  (cursor) => cursor.float32(),
  (cursor) => cursor.float64(),
  (cursor) => exactInteger(BigInt.asIntN(64, cursor.uint64())),
  () => false,
  () => true,
  readLib0Text,
  (cursor, depth) => ({ entries: readMembers(cursor, depth) }),
  (cursor, depth) => readItems(cursor, countIn(cursor), depth, readAny),
  (cursor) => readBytes(cursor).slice(),
];

const countIn = (cursor: ByteCursor): number => Number(readNumber(cursor));

function readMembers(cursor: ByteCursor, depth: number): [Data, Data][] {
  const members: [Data, Data][] = [];
  const count = countIn(cursor);
  for (let i = 0; i < count && !cursor.hasStopped(); i += 1) {
    const name = readLib0Text(cursor);
    const value = readAny(cursor, depth + 1);
    if (value !== undefined) members.push([name, value]);
  }
  return members;
}

/** Six bits and the sign come first, then seven a byte. */
function readSigned(cursor: ByteCursor): Data {
  const first = cursor.uint8();
  let value = BigInt(first & 0x3f);
  let shift = 6n;
  let byte = first;
  while (byte >= 0x80 && !cursor.hasStopped()) {
    if (shift > 62n) {
      cursor.fail('a whole number of more than 62 bits');
      break;
    }
    byte = cursor.uint8();
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
  }
  const signed = (first & 0x40) === 0 ? value : -value;
  return signed === 0n && (first & 0x40) !== 0 ? -0 : exactInteger(signed);
}
