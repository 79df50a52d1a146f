import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiOfByte,
  countHexRows,
  hexOf,
  hexOfByte,
  offsetLabel,
} from '../../../src/core/payload/hex-rows.ts';
import { readCharacter, readNumbers } from '../../../src/core/payload/inspect-bytes.ts';
import { bytesOf, readJson, textOf } from '../../../src/core/payload/payload-text.ts';

const anyBytes = fc.uint8Array({ maxLength: 64 });

describe('rows of bytes', () => {
  it('give the bytes back', () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(8, 16), (bytes, perRow) => {
        const rows = Array.from({ length: countHexRows(bytes.length, perRow) }, (_, row) =>
          [...bytes.subarray(row * perRow, (row + 1) * perRow)].map(hexOfByte).join(''),
        );
        expect(rows.join('')).toBe(hexOf(bytes));
        expect(hexOf(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
    );
  });

  it('show printable ASCII only, and offsets of one width', () => {
    expect([0x1f, 0x20, 0x7e, 0x7f, 0xff].map(asciiOfByte)).toEqual(['.', ' ', '~', '.', '.']);
    expect(offsetLabel(16, 20)).toBe('0010');
    expect(offsetLabel(16, 0x10001)).toBe('00010');
    expect(offsetLabel(0, 0)).toBe('0000');
  });
});

describe('the data inspector', () => {
  it('reads numbers in both byte orders', () => {
    const bytes = Uint8Array.of(9, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0xfa, 0xf9, 0xf8).subarray(1);
    const read = Object.fromEntries(
      readNumbers(bytes, 0).map(({ type, littleEndian, bigEndian }) => [
        type,
        [littleEndian, bigEndian],
      ]),
    );
    expect(read['int8']).toEqual(['-1', '-1']);
    expect(read['uint16']).toEqual(['65279', '65534']);
    expect(read['int32']).toEqual(['-50462977', '-66052']);
    expect(read['uint64']).toEqual(['17940646550795321087', '18446460386757245432']);
    const floats = new Uint8Array(8);
    new DataView(floats.buffer).setFloat64(0, -0);
    expect(readNumbers(floats, 0).at(-1)?.bigEndian).toBe('-0');
  });

  it('says where too few bytes are left', () => {
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 0, max: 80 }), (bytes, at) => {
        const left = bytes.length - at;
        for (const { type, littleEndian } of readNumbers(bytes, at)) {
          expect(littleEndian !== undefined).toBe(left >= Number(/\d+/.exec(type)) / 8);
        }
        readCharacter(bytes, at);
      }),
    );
  });

  it('reads the character that begins at a byte', () => {
    const bytes = new TextEncoder().encode('é😀a\u202e\0');
    expect(readCharacter(bytes, 0)).toBe('é  U+00E9');
    expect(readCharacter(bytes, 1)).toBeUndefined();
    expect(readCharacter(bytes, 2)).toBe('😀  U+1F600');
    expect(readCharacter(bytes, 7)).toBe('U+202E');
    expect(readCharacter(bytes, 10)).toBe('U+0000');
    expect(readCharacter(bytes, 99)).toBeUndefined();
    expect(readCharacter(Uint8Array.of(0xe2, 0x82), 0)).toBeUndefined();
    expect(readCharacter(Uint8Array.of(0xed, 0xa0, 0x80), 0)).toBeUndefined();
  });
});

describe('a payload as text, bytes and JSON', () => {
  it('is the UTF-8 of the wire', () => {
    expect(bytesOf('é\ud800')).toEqual(Uint8Array.of(0xc3, 0xa9, 0xef, 0xbf, 0xbd));
    expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff))).toBe('\ufeffa\ufffd');
  });

  it('is JSON where it is an object or array, in bytes too', () => {
    expect(readJson(' {"a":1}', 100)).toEqual({ kind: 'json', text: ' {"a":1}' });
    expect(readJson(new TextEncoder().encode('[1]'), 100)).toEqual({ kind: 'json', text: '[1]' });
    expect(readJson(Uint8Array.of(0x5b, 0xff, 0x5d), 100)).toEqual({ kind: 'none' });
    for (const text of ['', '12', '"a"', '{', '[1,]', 'null', '{a:1}']) {
      expect(readJson(text, 100)).toEqual({ kind: 'none' });
    }
    expect(readJson(`[${'1,'.repeat(100)}1]`, 100)).toEqual({ kind: 'long' });
    expect(readJson('x'.repeat(200), 100)).toEqual({ kind: 'none' });
  });

  it('takes no harm from any bytes', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(['json', 'none']).toContain(readJson(bytes, 1_000).kind);
        expect(typeof textOf(bytes)).toBe('string');
      }),
    );
  });
});
