import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberColumn } from '../../../src/core/column.ts';
import type { MessageFact } from '../../../src/core/facts.ts';
import { asksForKinds, FilterError, parseFilter } from '../../../src/core/filter.ts';
import { createFilteredRows } from '../../../src/core/filtered-rows.ts';
import { aSession } from '../../builders/session.ts';
import { textMessage } from '../../builders/tap.ts';

const bytes = textMessage('', { payload: new Uint8Array([1]), dataType: 'arraybuffer' });
const passes = (filter: string, ...messages: (string | MessageFact)[]): boolean[] => {
  const test = parseFilter(filter);
  if (test === undefined) throw new Error('an empty filter');
  return messages.map((message) =>
    test(typeof message === 'string' ? textMessage(message) : message, 0),
  );
};

describe('a filter', () => {
  it('leaves out heartbeats by a word, and finds the text in quotes', () => {
    const isHeartbeat = (row: number) => row === 3;
    const message = textMessage('{"event":"heartbeat"}');
    const rows = (filter: string) =>
      [2, 3].filter((row) => parseFilter(filter, { isHeartbeat })?.(message, row));
    expect(rows('-heartbeat')).toEqual([2]);
    expect(rows('heartbeat')).toEqual([3]);
    expect(rows('"heartbeat"')).toEqual([2, 3]);
  });

  it('takes kinds by their names, with spaces too, and says that it needs them', () => {
    const kindOf = (row: number) => ['quote', 'Price Update'][row];
    const rows = (filter: string) =>
      [0, 1, 2].filter((row) => parseFilter(filter, { kindOf })?.(textMessage(''), row));
    expect(rows('kind:quote')).toEqual([0]);
    expect(rows('kind:"price update"')).toEqual([1]);
    expect(rows('-kind:quote')).toEqual([1, 2]);
    expect(['kind:a', 'x -kind:"a b"', 'kind', '"kind:a"', 'kind:'].map(asksForKinds)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is none where nothing is asked for', () => {
    for (const empty of ['', '   ', '\t\n', '"', '""', '-"', '-""', ' "" -"']) {
      expect(parseFilter(empty), empty).toBeUndefined();
    }
  });

  it('wants every word, in any case, in the payload or the event type', () => {
    expect(passes('bid EUR', '{"BID":1,"c":"eur"}', 'bid', '')).toEqual([true, false, false]);
    const tick = textMessage('1', { eventType: 'Tick' });
    expect(passes('tick 1', tick, '1')).toEqual([true, false]);
    expect(passes('x', bytes)).toEqual([false]);
  });

  it('takes words in quotes as one', () => {
    expect(passes('"a b"', 'a b', 'a  b', 'b a')).toEqual([true, false, false]);
    expect(passes('"a b', 'a b', 'b a')).toEqual([true, false]);
  });

  it('turns a word, a phrase or a pattern around with a dash', () => {
    expect(passes('-a', 'a', 'b', bytes)).toEqual([false, true, true]);
    expect(passes('-"a b"', 'a b', 'ab')).toEqual([false, true]);
    expect(passes('-/^a/', 'a', 'ba')).toEqual([false, true]);
    expect(passes('-dir:sent -type:text', 'a', bytes)).toEqual([false, true]);
    expect(passes('b -a', 'ab', 'b')).toEqual([false, true]);
  });

  it('takes a lone dash, and what follows the first, as they are', () => {
    expect(passes('-', 'a-b', 'ab')).toEqual([true, false]);
    expect(passes('--x', 'a-x', 'x')).toEqual([false, true]);
    expect(passes('-'.repeat(100_000), '-')).toEqual([true]);
  });

  it('knows patterns with their flags', () => {
    expect(passes('/^a.c$/', 'abc', 'ABC', 'xabc')).toEqual([true, false, false]);
    expect(passes('/^a.c$/i', 'ABC')).toEqual([true]);
    expect(passes(String.raw`/a\/b/`, 'a/b', 'ab')).toEqual([true, false]);
    expect(passes('/a b/', 'a b', 'ab')).toEqual([true, false]);
    expect(passes('/a/', bytes)).toEqual([false]);
  });

  it('answers a sticky or global pattern the same every time', () => {
    expect(passes('/a/gy', 'xa', 'xa', 'xa')).toEqual([true, true, true]);
  });

  it('takes a path as a word', () => {
    expect(passes('/api/v1/quotes', 'GET /api/v1/quotes', 'api')).toEqual([true, false]);
    expect(passes('/users/42', '/users/42', '/users/43')).toEqual([true, false]);
    expect(passes('/api/items', '/api/items', 'api')).toEqual([true, false]);
    expect(passes('/', 'a/b', 'ab')).toEqual([true, false]);
  });

  it('knows directions, types and event types', () => {
    const sent = textMessage('a', { direction: 'sent' });
    expect(passes('dir:sent', sent, 'a')).toEqual([true, false]);
    expect(passes('dir:received', sent, 'a')).toEqual([false, true]);
    expect(passes('type:text', 'a', bytes)).toEqual([true, false]);
    expect(passes('type:binary', 'a', bytes)).toEqual([false, true]);
    const tick = textMessage('a', { eventType: 'tick' });
    expect(passes('event:tick', tick, 'tick')).toEqual([true, false]);
    expect(passes('other:tick', 'other:tick', tick)).toEqual([true, false]);
  });

  it('says in plain words what it cannot read', () => {
    for (const [filter, words] of [
      ['/[/', '/[/ is not a regular expression'],
      ['/a/uv', '/a/ is not a regular expression'],
      ['dir:up', 'dir: takes sent or received'],
      ['a -dir:', 'dir: takes sent or received'],
      ['type:json', 'type: takes text or binary'],
    ] as const) {
      expect(() => parseFilter(filter), filter).toThrow(new FilterError(words));
    }
  });

  it('throws nothing else, whatever is typed', () => {
    const piece = fc.constantFrom(
      '-',
      '"',
      '/',
      '\\',
      ' ',
      '[',
      '(',
      'dir:',
      'type:',
      'event:',
      'a',
      '*',
      'gy',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(typed, fc.string({ maxLength: 20 }), (filter, text) => {
        try {
          const test = parseFilter(filter);
          for (const message of [textMessage(text), bytes]) {
            expect(['boolean', 'undefined']).toContain(typeof test?.(message, 0));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('filtered rows', () => {
  it('are the same a piece at a time as all at once, while the list grows', () => {
    const piece = fc.record({ add: fc.nat(5), advance: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 4 }), (pieces, every) => {
        const story = aSession().frame().websocket('wss://shop.test/');
        const total = pieces.reduce((sum, { add }) => sum + add, 0);
        for (let i = 0; i < total; i += 1) story.receives(i % every === 0 ? 'yes' : 'no');
        const { messages } = story.build();
        const source = createNumberColumn(Uint32Array);
        let tests = 0;
        const filtered = createFilteredRows(source, messages, ({ payload }) => {
          tests += 1;
          return payload === 'yes';
        });
        for (const { add, advance } of pieces) {
          for (let i = 0; i < add; i += 1) source.push(source.length);
          const before = filtered.tested;
          const isDone = filtered.advance(advance);
          expect(filtered.tested - before).toBeLessThanOrEqual(advance);
          expect(isDone).toBe(filtered.tested === source.length);
        }
        expect(filtered.advance(Infinity)).toBe(true);
        expect(tests).toBe(total);
        const rows = Array.from({ length: filtered.rows.length }, (_, i) => filtered.rows.get(i));
        const all = Array.from({ length: total }, (_, row) => row);
        expect(rows).toEqual(all.filter((row) => row % every === 0));
      }),
    );
  });
});
