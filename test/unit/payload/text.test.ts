import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findText, NOTHING_FOUND } from '../../../src/core/payload/find-text.ts';
import { segmentsOf } from '../../../src/core/payload/segments.ts';
import { cutIntoPieces } from '../../../src/core/payload/text-pieces.ts';

const lines = fc
  .array(fc.constantFrom('a', 'B', '\n', '\r\n', 'é', '😀', '\ud83d', '\u202e', 'ab', '.'), {
    maxLength: 80,
  })
  .map((parts) => parts.join(''));

function piecesOf(text: string, longest?: number): string[] {
  const pieces = cutIntoPieces(text, longest);
  return Array.from({ length: pieces.length }, (_, i) =>
    text.slice(pieces.startOf(i), pieces.endOf(i)),
  );
}

describe('the pieces of a text', () => {
  it('are its lines, the long ones cut', () => {
    expect(piecesOf('one\ntwo\n\nthree')).toEqual(['one\n', 'two\n', '\n', 'three']);
    expect(piecesOf('abcdefg\nh', 3)).toEqual(['abc', 'def', 'g\n', 'h']);
    const pieces = cutIntoPieces('abcdefg\nh', 3);
    expect([0, 1, 2, 3].map(pieces.lineOf)).toEqual([1, 1, 1, 2]);
    expect([0, 1, 2, 3].map(pieces.isLineStart)).toEqual([true, false, false, true]);
    expect(piecesOf('')).toEqual([]);
  });

  it('give the text when joined, stay short, and halve no pair', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 10 }), (text, longest) => {
        const pieces = piecesOf(text, longest);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeGreaterThan(0);
          expect(piece.length).toBeLessThanOrEqual(longest);
          expect(piece.slice(0, -1)).not.toContain('\n');
        }
        if (longest > 1) expect(pieces.some((piece) => /^[\udc00-\udfff]/.test(piece))).toBe(false);
      }),
    );
  });

  it('are found by any place that they hold', () => {
    fc.assert(
      fc.property(lines, (text) => {
        const pieces = cutIntoPieces(text, 5);
        for (let place = 0; place < text.length; place += 1) {
          const piece = pieces.pieceAt(place);
          expect(pieces.startOf(piece)).toBeLessThanOrEqual(place);
          expect(pieces.endOf(piece)).toBeGreaterThan(place);
        }
      }),
    );
  });

  it('are cut from nothing but newlines, and from a single line', () => {
    expect(cutIntoPieces('\n'.repeat(1_000_000)).length).toBe(1_000_000);
    expect(cutIntoPieces('x'.repeat(1_000_000)).length).toBe(500);
  });
});

describe('a search in a text', () => {
  it('finds what is typed in upper or lower case, and nothing else', () => {
    expect(findText('Abc aBC', 'abc').places).toEqual([0, 4]);
    expect(findText('a.c abc (x) [y]', 'a.c').places).toEqual([0]);
    expect(findText('a/b-c|d', '/b-c|').places).toEqual([1]);
    expect(findText('anything', '')).toBe(NOTHING_FOUND);
    expect(findText('aaaa', 'a', 2)).toEqual({ places: [0, 1], length: 1, isCapped: true });
    expect(findText('aa', 'a', 2).isCapped).toBe(false);
  });

  it('throws for no query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), lines, (query, text) => {
        for (const place of findText(text, query).places) {
          expect(text.slice(place, place + query.length)).toHaveLength(query.length);
        }
      }),
    );
  });
});

describe('the segments of a text', () => {
  it('tell apart what was found and what cannot be seen', () => {
    const text = 'say hi\u202ehi';
    expect(segmentsOf(text, 'one-line', findText(text, 'hi'))).toEqual([
      { text: 'say ', isEscape: false, match: undefined },
      { text: 'hi', isEscape: false, match: 0 },
      { text: '‹U+202E›', isEscape: true, match: undefined },
      { text: 'hi', isEscape: false, match: 1 },
    ]);
  });

  it('mark a match on both sides of a cut', () => {
    const found = findText('xxhixx', 'hi');
    expect(segmentsOf('xxh', 'lines', found, 0).at(-1)).toMatchObject({ text: 'h', match: 0 });
    expect(segmentsOf('ixx', 'lines', found, 3)[0]).toMatchObject({ text: 'i', match: 0 });
  });

  it('show all of the text, whatever is searched', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('a', 'ab', '\n', '\u202e', '😀', '\ra'), (text, query) => {
        const found = findText(text, query);
        const plain = segmentsOf(text, 'lines', NOTHING_FOUND);
        const marked = segmentsOf(text, 'lines', found);
        const join = (segments: typeof plain): string => segments.map((s) => s.text).join('');
        expect(join(marked)).toBe(join(plain));
        expect(new Set(marked.flatMap((s) => s.match ?? [])).size).toBe(found.places.length);
      }),
    );
  });
});
