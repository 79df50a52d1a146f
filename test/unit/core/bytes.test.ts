import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '../../../src/core/byte-text.ts';
import { utf8Length } from '../../../src/core/utf8-length.ts';

describe('bytes and text', () => {
  it('counts UTF-8 as TextEncoder encodes it, lone surrogates included', () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 20 });
    fc.assert(
      fc.property(units, fc.string({ unit: 'binary' }), (codes, text) => {
        const whole = String.fromCharCode(...codes) + text;
        expect(utf8Length(whole)).toBe(new TextEncoder().encode(whole).length);
      }),
    );
  });

  it('brings bytes through base64 and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64ToBytes(bytesToBase64(bytes))).toEqual(bytes);
      }),
    );
    const large = new Uint8Array(100_000).map((_, i) => i);
    expect(base64ToBytes(bytesToBase64(large))).toEqual(large);
  });

  it('answers nothing for what is no base64', () => {
    expect(base64ToBytes('a')).toBeUndefined();
    expect(base64ToBytes('§')).toBeUndefined();
  });
});
