import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageFact, Payload, PayloadState } from '../../../src/core/facts.ts';
import { previewOf } from '../../../src/core/payload/preview.ts';
import { visiblePartsOf } from '../../../src/core/payload/visible-text.ts';

function message(payload: Payload | null, payloadState: PayloadState = 'whole'): MessageFact {
  return {
    kind: 'message',
    connection: 1,
    at: 0,
    direction: 'received',
    dataType: typeof payload === 'string' ? 'string' : 'arraybuffer',
    byteLength: payload?.length ?? 0,
    payload,
    payloadState,
  };
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\r', '\n', 'é', '😀', '\u202e', '\ud800', '"'), { maxLength: 300 })
    .map((characters) => characters.join('')),
);
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]/u;

describe('the preview of a message', () => {
  it('shows a short text as it is', () => {
    expect(previewOf(message('{"type":"quote","price":12.50}'))).toBe(
      '{"type":"quote","price":12.50}',
    );
    expect(previewOf(message('Grüße 👩‍👩‍👧 ❤️'))).toBe('Grüße 👩‍👩‍👧 ❤️');
    expect(previewOf(message(''))).toBe('');
  });

  it('stays on one line and lets nothing hide or reorder', () => {
    expect(previewOf(message('a\nb\r\nc\td'))).toBe('a↵b↵c⇥d');
    expect(previewOf(message('pay \u202eevil\u2066\u200b'))).toBe(
      'pay ‹U+202E›evil‹U+2066›‹U+200B›',
    );
    expect(previewOf(message('\ud800x\udc00\0'))).toBe('‹U+D800›x‹U+DC00›‹U+0000›');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 60 }), (text, most) => {
        const preview = previewOf(message(text), most);
        expect(preview.length).toBeLessThanOrEqual(most);
        expect(preview).not.toMatch(INVISIBLE);
        if (most > 0 && text.length > most) expect(preview.endsWith('…')).toBe(true);
      }),
    );
  });

  it('cuts without halving a pair or an escape, and says so', () => {
    expect(previewOf(message('😀😀😀'), 6)).toBe('😀😀😀');
    expect(previewOf(message('😀😀😀'), 5)).toBe('😀😀…');
    expect(previewOf(message('😀😀😀'), 4)).toBe('😀…');
    expect(previewOf(message('a\u202eb'), 6)).toBe('a…');
    expect(previewOf(message('x'.repeat(300)))).toBe(`${'x'.repeat(199)}…`);
  });

  it('costs the same for a long text', () => {
    const long = message('\u202e'.repeat(4_000_000));
    const start = performance.now();
    for (let i = 0; i < 1_000; i += 1) previewOf(long);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('shows bytes in hexadecimal', () => {
    expect(previewOf(message(Uint8Array.of(0, 15, 255)))).toBe('00 0f ff');
    expect(previewOf(message(new Uint8Array(100)), 12)).toBe('00 00 00 …');
    expect(previewOf(message(new Uint8Array(0)))).toBe('');
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(40), (bytes, most) => {
        expect(previewOf(message(bytes), most).length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('says in words why nothing is here', () => {
    expect(previewOf(message(null, 'pending'))).toBe('(bytes are being read)');
    expect(previewOf(message(null, 'evicted'))).toBe('(payload let go before a panel watched)');
    expect(previewOf(message(null, 'unreadable'))).toBe('(unreadable)');
  });
});

describe('visible text', () => {
  it('covers the text from its beginning to its end, in order', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('lines' as const, 'one-line' as const),
        (text, layout) => {
          const parts = visiblePartsOf(text, layout);
          expect(parts.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
          for (const part of parts) {
            if (!part.isEscape) expect(part.text).toBe(text.slice(part.from, part.to));
          }
        },
      ),
    );
  });

  it('keeps newlines and tabs where lines are laid out', () => {
    const shown = visiblePartsOf('a\tb\r\nc\u2028', 'lines').map(({ text }) => text);
    expect(shown.join('')).toBe('a\tb‹CR›\nc‹U+2028›');
  });
});
