import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../src/core/facts.ts';
import { amqp } from '../../../src/decoders/amqp.ts';
import { amqpCodec } from '../../../src/decoders/amqp-codec.ts';
import { readAmqp } from '../../../src/decoders/amqp-types.ts';
import { ByteCursor } from '../../../src/decoders/formats/byte-cursor.ts';
import { linesOf } from '../../protocols/fixture.ts';

/** Its types leave out what writes. */
interface Writer {
  write: (value: unknown) => void;
  toBuffer: () => Buffer;
}
const types = rhea.types as typeof rhea.types & { Writer: new () => Writer };
const carrier = { transport: 'websocket', url: 'ws://host/' } as const;

/** What rhea writes for a value. */
function written(value: unknown): Uint8Array {
  const writer = new types.Writer();
  writer.write(value);
  return new Uint8Array(writer.toBuffer());
}
const dataOf = (value: unknown) => readAmqp(new ByteCursor(written(value)), 0);

const frame = (channel: number, ...body: number[]): Uint8Array =>
  Uint8Array.of(0, 0, 0, 8 + body.length, 2, 0, 0, channel, ...body);
const list = (code: number, ...items: number[]): number[] => [
  0,
  0x53,
  code,
  0xc0,
  items.length + 1,
  // Each item of these tests is two bytes long.
  items.length / 2,
  ...items,
];

const reader = () => {
  const { read } = amqpCodec.createReader(carrier);
  return (direction: Direction, payload: Uint8Array | string) =>
    linesOf(read({ direction, payload }));
};

describe('AMQP 1.0', () => {
  it('reads what rhea writes, type by type', () => {
    expect(dataOf(types.wrap_ulong(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
    expect(dataOf(types.wrap_int(-70_000))).toBe(-70_000);
    expect(dataOf(types.wrap_byte(-3))).toBe(-3);
    expect(dataOf(types.wrap_double(0.1))).toBe(0.1);
    expect(dataOf(types.wrap_boolean(true))).toBe(true);
    expect(dataOf(types.wrap_string('é“'))).toBe('é“');
    expect(dataOf(types.wrap_symbol('a:b'))).toEqual({ tag: 'symbol', value: 'a:b' });
    expect(dataOf(types.wrap_binary(Buffer.from([1, 255])))).toEqual(Uint8Array.of(1, 255));
    expect(dataOf(types.wrap_timestamp(-1))).toEqual({
      tag: 'timestamp',
      value: '1969-12-31T23:59:59.999Z',
    });
    expect(dataOf(types.wrap_map({ a: 1, b: [true, null] }))).toEqual({
      entries: [
        ['a', 1],
        ['b', [true, null]],
      ],
    });
    expect(dataOf(types.wrap_array([1, 2], 0x71, undefined as never))).toEqual([1, 2]);
  });

  it('believes no count that its bytes cannot hold', () => {
    const cursor = new ByteCursor(Uint8Array.of(0xf0, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0x40));
    expect(readAmqp(cursor, 0)).toEqual([]);
    expect(cursor.stop?.reason).toBe('4294967295 values do not stand in 5 bytes');
  });

  it('puts a delivery together that comes in several transfers, and names an unknown link by its handle', () => {
    const read = reader();
    // handle 3, delivery 9, tag, format, not settled, more
    const begin = frame(
      1,
      0,
      0x53,
      0x14,
      0xc0,
      10,
      6,
      0x52,
      3,
      0x52,
      9,
      0xa0,
      0,
      0x43,
      0x42,
      0x41,
      0,
      0x53,
      0x77,
      0xa1,
    );
    expect(read('sent', begin)).toEqual([]);
    expect(read('sent', frame(1, ...list(0x14, 0x52, 3), 2, 104, 105))).toEqual([
      'amqp: transfer, handle 3, delivery 9 | “handle 3” | ask delivery 1 9 (asked: sent)',
    ]);
  });

  it('cuts frames anywhere, and takes an empty one for a heartbeat', () => {
    const read = reader();
    const bytes = frame(0);
    expect(read('sent', bytes.subarray(0, 3))).toEqual([]);
    expect(read('sent', bytes.subarray(3))).toEqual([
      'amqp: empty | “empty” | heartbeat | control',
    ]);
  });

  it('says where it is no AMQP', () => {
    const read = reader();
    expect(read('sent', Uint8Array.of(0, 0, 0, 4, 2, 0, 0, 0))).toEqual([
      'failure at 0 in amqp: a frame of 4 bytes is too short',
    ]);
    expect(read('sent', frame(0, 0x10))).toEqual([
      'amqp: frame | “frame” | control',
      'failure at 8 in amqp: there is no type 0x10 in AMQP',
    ]);
    expect(read('sent', 'text')).toEqual(['failure at 0 in amqp: AMQP has binary messages only']);
  });

  it('is recognised amid a connection by its performatives', () => {
    const flow = frame(0, ...list(0x13, 0x52, 1));
    const samples = [flow, flow].map((payload) => ({ direction: 'sent' as const, payload }));
    expect(amqp.recognise({ ...carrier, samples })?.confidence).toBe(0.85);
  });
});
