import { encode } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../../src/core/decoded/data.ts';
import { readCbor } from '../../../../src/decoders/formats/read-cbor.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const only = (source: Uint8Array): Data | undefined => {
  const { values, stop } = readCbor(source);
  expect(stop).toBeUndefined();
  expect(values).toHaveLength(1);
  return values[0];
};

function inWords(value: unknown): Data {
  if (value === undefined) return { tag: 'undefined', value: null };
  if (Array.isArray(value)) return value.map(inWords);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null)
    return value as Data;
  return { entries: Object.entries(value).map(([key, each]) => [key, inWords(each)] as const) };
}

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, undefined, true, false),
    fc.maxSafeInteger(),
    fc.double().filter((number) => !Object.is(number, -0)),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 20 }),
  ),
})).value;

describe('CBOR', () => {
  it('reads what the library writes', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(only(encode(written))).toEqual(inWords(written));
      }),
    );
  });

  it('keeps whole numbers exact, however long', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (written) => {
        expect(BigInt(only(encode(written)) as number)).toBe(written);
      }),
    );
  });

  // RFC 8949, appendix A.
  it.each<[string, Data]>([
    ['1bffffffffffffffff', 18446744073709551615n],
    ['c249010000000000000000', 18446744073709551616n],
    ['3bffffffffffffffff', -18446744073709551616n],
    ['c349010000000000000000', -18446744073709551617n],
    ['f98000', -0],
    ['f93c00', 1],
    ['f97bff', 65504],
    ['fa7f7fffff', 3.4028234663852886e38],
    ['f90001', 5.960464477539063e-8],
    ['f97c00', Infinity],
    ['f97e00', NaN],
    ['f7', { tag: 'undefined', value: null }],
    ['f0', { tag: 'simple 16', value: null }],
    ['f8ff', { tag: 'simple 255', value: null }],
    ['c11a514b67b0', { tag: 'tag 1 (epoch time)', value: 1363896240 }],
    ['d818456449455446', { tag: 'tag 24 (embedded CBOR)', value: hex('6449455446') }],
    ['5f42010243030405ff', hex('0102030405')],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9fff', []],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    [
      'bf6346756ef563416d7421ff',
      {
        entries: [
          ['Fun', true],
          ['Amt', -2],
        ],
      },
    ],
    [
      'a201020304',
      {
        entries: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
  ])('reads %s as its specification says', (source, wanted) => {
    expect(only(hex(source))).toEqual(wanted);
  });

  it('reads sequences', () => {
    expect(readCbor(hex('01620a0af6'))).toEqual({ values: [1, '\n\n', null] });
  });

  it.each([
    ['ff', 0, 'a break where nothing is open'],
    ['1c', 0, 'additional information 28 is reserved'],
    ['5f6161ff', 1, 'a piece of another type inside a text or bytes'],
    ['8301', 2, '1 byte should follow, 0 are there'],
    ['a161', 2, '1 byte should follow, 0 are there'],
    ['bf01ff', 3, 'a key without a value'],
    ['7affffffff', 5, '4,294,967,295 bytes should follow, 0 are there'],
  ])('says of %s where it is wrong', (source, offset, reason) => {
    expect(readCbor(hex(source)).stop).toEqual({ offset, reason });
  });
});
