import { encode, ExtData } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../../src/core/decoded/data.ts';
import { MOST_DEPTH } from '../../../../src/decoders/decoder.ts';
import { readMsgpack } from '../../../../src/decoders/formats/read-msgpack.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const only = (source: Uint8Array): Data | undefined => {
  const { values, stop } = readMsgpack(source);
  expect(stop).toBeUndefined();
  expect(values).toHaveLength(1);
  return values[0];
};

/** A library's value in the decoder's words. */
function inWords(value: unknown): Data {
  if (Array.isArray(value)) return value.map(inWords);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null)
    return value as Data;
  return { entries: Object.entries(value).map(([key, each]) => [key, inWords(each)] as const) };
}

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 20 }),
  ),
})).value;

describe('MessagePack', () => {
  it('reads what the library writes', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(only(encode(written))).toEqual(inWords(written));
      }),
    );
  });

  it('keeps whole numbers of 64 bits exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (written) => {
        expect(BigInt(only(encode(written, { useBigInt64: true })) as number)).toBe(written);
      }),
    );
  });

  it('keeps doubled keys and keys that are no text, in their order', () => {
    expect(only(bytes(0x83, 0xa1, 0x61, 1, 0xa1, 0x61, 2, 0xc4, 1, 9, 3))).toEqual({
      entries: [
        ['a', 1],
        ['a', 2],
        [bytes(9), 3],
      ],
    });
  });

  it('reads timestamps of all three lengths, to the nanosecond', () => {
    expect(only(bytes(0xd6, 0xff, 0, 0, 0, 1))).toEqual({
      tag: 'timestamp',
      value: '1970-01-01T00:00:01Z',
    });
    expect(only(encode(new Date('2026-11-20T10:00:00.5Z')))).toEqual({
      tag: 'timestamp',
      value: '2026-11-20T10:00:00.5Z',
    });
    const long = bytes(0xc7, 12, 0xff, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(only(long)).toEqual({ tag: 'timestamp', value: '1969-12-31T23:59:59.000000007Z' });
  });

  it('says of a moment that no calendar reaches its numbers', () => {
    const far = bytes(0xc7, 12, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(only(far)).toEqual({
      tag: 'timestamp',
      value: {
        entries: [
          ['seconds', 2n ** 63n - 1n],
          ['nanoseconds', 0],
        ],
      },
    });
  });

  it('keeps extensions with their type', () => {
    expect(only(encode(new ExtData(-3, bytes(1, 2))))).toEqual({
      tag: 'ext -3',
      value: bytes(1, 2),
    });
  });

  it('keeps the bytes of a text that is no UTF-8', () => {
    expect(only(bytes(0xa2, 0xff, 0xfe))).toEqual({
      tag: 'invalid UTF-8',
      value: bytes(0xff, 0xfe),
    });
  });

  it('reads several values one after another', () => {
    expect(readMsgpack(bytes(1, 0xa1, 0x62, 0xc0))).toEqual({ values: [1, 'b', null] });
  });

  it('says where a text is cut, and keeps what came before', () => {
    expect(readMsgpack(bytes(0x92, 7, 0xa5, 0x61))).toEqual({
      values: [[7]],
      stop: { offset: 3, reason: '5 bytes should follow, 1 are there' },
    });
  });

  it('believes no length: an array of four billion costs nothing', () => {
    const { values, stop } = readMsgpack(bytes(0xdd, 0xff, 0xff, 0xff, 0xff, 1));
    expect(values).toEqual([[1]]);
    expect(stop?.offset).toBe(6);
  });

  it('stops at the byte that means nothing, and at a depth', () => {
    expect(readMsgpack(bytes(0xc1)).stop).toEqual({
      offset: 0,
      reason: 'byte 0xc1 means nothing in MessagePack',
    });
    expect(readMsgpack(new Uint8Array(1000).fill(0x91)).stop?.reason).toBe(
      `nested deeper than ${MOST_DEPTH}`,
    );
  });
});
