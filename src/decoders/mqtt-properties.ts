import type { Data } from '../core/decoded/data.ts';
import type { ByteCursor } from './formats/byte-cursor.ts';
import { textOrBytes } from './formats/exact.ts';

export const readBinary = (cursor: ByteCursor): Uint8Array =>
  cursor.take(cursor.uint16())?.slice() ?? new Uint8Array();

export const readText = (cursor: ByteCursor): Data =>
  textOrBytes(cursor.take(cursor.uint16()) ?? new Uint8Array());

const MOST_VARINT_BYTES = 4;

/** A variable byte integer (MQTT 5, 1.5.5). */
export function readVarint(cursor: ByteCursor): number {
  let value = 0;
  for (let i = 0; i < MOST_VARINT_BYTES; i += 1) {
    const byte = cursor.uint8();
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return value;
  }
  cursor.fail('a variable byte integer of more than four bytes');
  return 0;
}

const byte = (cursor: ByteCursor): Data => cursor.uint8();
const two = (cursor: ByteCursor): Data => cursor.uint16();
const four = (cursor: ByteCursor): Data => cursor.uint32();
const pair = (cursor: ByteCursor): Data => ({ entries: [[readText(cursor), readText(cursor)]] });

export const TOPIC_ALIAS = 'topic alias';

/** By identifier (MQTT 5, 2.2.2.2). */
const PROPERTIES: Readonly<Record<number, readonly [string, (cursor: ByteCursor) => Data]>> = {
  1: ['payload format indicator', byte],
  2: ['message expiry interval', four],
  3: ['content type', readText],
  8: ['response topic', readText],
  9: ['correlation data', readBinary],
  11: ['subscription identifier', readVarint],
  17: ['session expiry interval', four],
  18: ['assigned client identifier', readText],
  19: ['server keep alive', two],
  21: ['authentication method', readText],
  22: ['authentication data', readBinary],
  23: ['request problem information', byte],
  24: ['will delay interval', four],
  25: ['request response information', byte],
  26: ['response information', readText],
  28: ['server reference', readText],
  31: ['reason string', readText],
  33: ['receive maximum', two],
  34: ['topic alias maximum', two],
  35: [TOPIC_ALIAS, two],
  36: ['maximum QoS', byte],
  37: ['retain available', byte],
  38: ['user property', pair],
  39: ['maximum packet size', four],
  40: ['wildcard subscription available', byte],
  41: ['subscription identifier available', byte],
  42: ['shared subscription available', byte],
};

/** In their order; a user property may come more than once. */
export function readProperties(cursor: ByteCursor): (readonly [string, Data])[] {
  const length = readVarint(cursor);
  const end = cursor.at + length;
  const properties: (readonly [string, Data])[] = [];
  if (end > cursor.bytes.length) cursor.fail('properties longer than their packet');
  while (cursor.at < end && cursor.enter(1)) {
    const from = cursor.at;
    const id = readVarint(cursor);
    const known = PROPERTIES[id];
    if (known === undefined) {
      cursor.fail(`there is no property ${id}`, from);
      break;
    }
    const [name, read] = known;
    const value = read(cursor);
    if (!cursor.hasStopped()) properties.push([name, value]);
  }
  if (!cursor.hasStopped() && cursor.at !== end) cursor.fail('a property longer than its place');
  return properties;
}
