import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataOfJson } from '../../../src/core/decoded/data-of-json.ts';
import type { PairStep } from '../../../src/core/decoded/decoded.ts';
import type { Direction } from '../../../src/core/facts.ts';
import { createIdFinder } from '../../../src/core/pairs/found-ids.ts';
import { latenciesOf, pairKinds, percentile } from '../../../src/core/pairs/latencies.ts';
import { createPairBook } from '../../../src/core/pairs/pair-book.ts';

type Told = [at: number, step: PairStep['step'], id: string, asker?: Direction];

function bookOf(steps: readonly Told[]) {
  const book = createPairBook();
  steps.forEach(([at, step, id, asker = 'sent'], row) => {
    book.take({ connection: 1, row, at, byteLength: 10, kind: 'sum', pair: { step, id, asker } });
  });
  return book;
}

describe('pairs', () => {
  it('have the time from the request to its answer, in whatever order answers come', () => {
    const book = bookOf([
      [0, 'ask', '1'],
      [5, 'ask', '2'],
      [9, 'answer', '2'],
      [30, 'fail', '1'],
      [40, 'ask', '3'],
    ]);
    expect(book.pairs.map(({ outcome, latency }) => [outcome, latency])).toEqual([
      ['failed', 30],
      ['answered', 4],
      ['open', undefined],
    ]);
    expect(pairKinds(book.pairs)).toMatchObject([
      { kind: 'sum', asked: 3, answered: 1, failed: 1, unanswered: 1 },
    ]);
  });

  it('of both sides may use the same ids', () => {
    const book = bookOf([
      [0, 'ask', '1', 'sent'],
      [1, 'ask', '1', 'received'],
      [2, 'answer', '1', 'received'],
      [5, 'answer', '1', 'sent'],
    ]);
    expect(book.pairs.map(({ asker, latency }) => [asker, latency])).toEqual([
      ['sent', 5],
      ['received', 1],
    ]);
  });

  it('answers to what nobody saw are counted, and claim nothing', () => {
    const book = bookOf([
      [0, 'answer', '7'],
      [1, 'next', '8'],
    ]);
    expect([book.pairs.length, book.subscriptions.length, book.strays]).toEqual([0, 0, 2]);
  });

  it('subscriptions last from the wish to the end', () => {
    const { subscriptions } = bookOf([
      [0, 'subscribe', 'a'],
      [2, 'answer', 'a'],
      [3, 'next', 'a'],
      [4, 'next', 'a'],
      [9, 'complete', 'a'],
      [10, 'subscribe', 'b'],
      [11, 'cancel', 'b'],
      [12, 'subscribe', 'c'],
    ]);
    expect(
      subscriptions.map(({ from, confirmedAt, to, messages, ended }) => [
        from,
        confirmedAt,
        to,
        messages,
        ended,
      ]),
    ).toEqual([
      [0, 2, 9, 2, 'completed'],
      [10, undefined, 11, 0, 'cancelled'],
      [12, undefined, undefined, 0, 'open'],
    ]);
  });

  it('have percentiles that are values which were seen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
        (all) => {
          const sorted = Float64Array.from(all).sort();
          const p95 = percentile(sorted, 0.95) ?? -1;
          expect(all).toContain(p95);
          expect(all.filter((each) => each <= p95).length).toBeGreaterThanOrEqual(
            0.95 * all.length,
          );
        },
      ),
    );
    expect(percentile(latenciesOf([]), 0.5)).toBeUndefined();
  });
});

/** Messages as JSON, one every 10 ms. */
function finderOf(messages: readonly [Direction, object][]) {
  const finder = createIdFinder();
  messages.forEach(([direction, value], row) => {
    const data = dataOfJson(JSON.stringify(value)) ?? null;
    finder.take({ connection: 1, row, at: row * 10, byteLength: 10, direction, kind: 'k', data });
  });
  return finder;
}

describe('ids that nobody named', () => {
  it('are found where answers carry them back, under another name too', () => {
    const found = finderOf([
      ...Array.from({ length: 6 }, (_, id): [Direction, object][] => [
        ['sent', { cmd: 'get', requestId: `r${id}` }],
        ['received', { feed: 'x', seq: id }],
        ['received', { ok: true, meta: { inReplyTo: `r${id}` } }],
      ]).flat(),
      ['sent', { cmd: 'get', requestId: 'r9' }],
    ]).find();
    expect(found).toMatchObject({
      asker: 'sent',
      askField: 'requestId',
      answerField: 'meta.inReplyTo',
      evidence: '6 of 7 values of “requestId” in sent messages came back in “meta.inReplyTo”',
    });
    const book = createPairBook();
    for (const step of found?.steps ?? []) book.take(step);
    expect(book.pairs.map(({ latency }) => latency)).toEqual([20, 20, 20, 20, 20, 20, undefined]);
  });

  it('are not claimed of counters, of a user that is in every message, or of three by chance', () => {
    const feed = Array.from({ length: 50 }, (_, seq): [Direction, object][] => [
      ['sent', { seq, userId: 'u1' }],
      ['received', { seq, userId: 'u1' }],
    ]).flat();
    expect(finderOf(feed).find()).toBeUndefined();
    const chance = Array.from({ length: 60 }, (_, id): [Direction, object] => [
      id % 2 === 0 ? 'sent' : 'received',
      { id: id % 2 === 0 ? id * 7 : (id * 3) % 50 },
    ]);
    expect(finderOf(chance).find()).toBeUndefined();
  });
});
