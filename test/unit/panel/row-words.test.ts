import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../src/core/decoded/data.ts';
import type { Part } from '../../../src/core/decoded/decoded.ts';
import { shortData, wordsOf } from '../../../src/panel/decoding/row-words.ts';
import { createWordCache } from '../../../src/panel/decoding/word-cache.ts';

const message = (row: number) =>
  ({ row, connection: 1, at: 0, byteLength: 0, direction: 'sent', payload: '' }) as const;
const part = (summary: string, more: Partial<Part> = {}): Part => ({
  layers: [{ protocol: 'mqtt', summary }],
  ...more,
});

describe('a decoded row', () => {
  it('names the kind once, and tells how much more is in the message', () => {
    const parts = [part('CONNECT, “page”', { kind: 'CONNECT' }), part('PINGREQ')];
    expect(wordsOf(message(3), { parts })).toEqual({
      row: 3,
      kind: 'CONNECT',
      isHeartbeat: false,
      text: '“page” (and 1 more)',
    });
  });

  it('says why where nothing could be read', () => {
    const failure = { offset: 2, reason: 'the packet is cut', layer: 'mqtt' } as const;
    expect(wordsOf(message(0), { parts: [], failure }).text).toBe('✕ the packet is cut');
  });

  it('stays one short line, whatever is in it', () => {
    const data: fc.Memo<Data> = fc.memo((depth) =>
      depth <= 1
        ? fc.oneof<fc.Arbitrary<Data>[]>(fc.string(), fc.double(), fc.bigInt(), fc.uint8Array())
        : fc.oneof<fc.Arbitrary<Data>[]>(
            fc.array(data()),
            fc.array(fc.tuple(fc.string(), data())).map((entries) => ({ entries })),
            data().map((value) => ({ tag: 'ext 1', value })),
          ),
    );
    fc.assert(
      fc.property(data(5), (value) => {
        const text = shortData(value, 80);
        expect(text).not.toMatch(/[\n\u202E]/u);
        expect(text.length).toBeLessThan(2_000);
      }),
    );
  });
});

describe('the words of rows in sight', () => {
  it('are asked for together, once, and those without an answer are not asked for again', async () => {
    const asked: [number, number][] = [];
    let answers = 0;
    const cache = createWordCache(
      (first, last) => {
        asked.push([first, last]);
        return Promise.resolve([{ row: 5, kind: 'a', isHeartbeat: false, text: 'x' }]);
      },
      () => (answers += 1),
    );
    for (const row of [5, 6, 7]) expect(cache.of(row)).toBeUndefined();
    await expect.poll(() => answers).toBe(1);
    expect(asked).toEqual([[5, 7]]);
    expect(cache.of(5)?.text).toBe('x');
    expect(cache.of(6)).toBeUndefined();
    await Promise.resolve();
    expect(asked).toHaveLength(1);
  });
});
