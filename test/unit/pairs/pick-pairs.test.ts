import { describe, expect, it } from 'vitest';
import type { Pair } from '../../../src/core/pairs/pair-book.ts';
import { pairOf, pickPairs, slowestPairs } from '../../../src/core/pairs/pick-pairs.ts';

/** One request a millisecond, answered after so long; `undefined`: never. */
const asked = (latencies: readonly (number | undefined)[]): Pair[] =>
  latencies.map((latency, at) => ({
    connection: 1,
    kind: 'sum',
    asker: 'sent',
    askRow: 2 * at,
    askedAt: at,
    outcome: latency === undefined ? 'open' : 'answered',
    ...(latency !== undefined && { latency, answerRow: 2 * at + 1 }),
  }));
const many = (count: number, latency: (at: number) => number | undefined) =>
  asked(Array.from({ length: count }, (_, at) => latency(at)));

describe('pairs for a picture', () => {
  it('are those of the window, both edges with it', () => {
    const { pairs, total } = pickPairs(asked([1, 2, 3, 4, 5]), { from: 1, to: 3 }, 10);
    expect(pairs.map(({ latency }) => latency)).toEqual([2, 3, 4]);
    expect(total).toBe(3);
  });

  it('are bounded, and miss neither a peak nor a request without an answer', () => {
    const all = many(20_000, (at) => (at === 7_000 ? 900 : at === 9_001 ? undefined : at % 7));
    const { pairs, total } = pickPairs(all, { from: 0, to: 20_000 }, 300);
    expect(total).toBe(20_000);
    expect(pairs.length).toBeLessThanOrEqual(303);
    expect(pairs.length).toBeGreaterThan(90);
    expect(pairs.some(({ latency }) => latency === 900)).toBe(true);
    expect(pairs.some(({ outcome, askedAt }) => outcome === 'open' && askedAt === 9_001)).toBe(
      true,
    );
    expect(pairs.map(({ askRow }) => askRow)).toEqual(
      pairs.map(({ askRow }) => askRow).sort((a, b) => a - b),
    );
  });
});

describe('the slowest pairs', () => {
  it('are what sorting all of them would give', () => {
    const all = many(1_000, (at) => (at % 11 === 0 ? undefined : (at * 7_919) % 1_009));
    const sorted = all
      .map(({ latency }) => latency)
      .filter((latency) => latency !== undefined)
      .sort((a, b) => b - a);
    expect(slowestPairs(all, 12).map(({ latency }) => latency)).toEqual(sorted.slice(0, 12));
  });
});

describe('the pair of a message', () => {
  it('is found by its request and by its answer', () => {
    const all = asked([1, undefined, 3]);
    expect(pairOf(all, 4)).toBe(all[2]);
    expect(pairOf(all, 5)).toBe(all[2]);
    expect(pairOf(all, 2)).toBe(all[1]);
    expect(pairOf(all, 3)).toBeUndefined();
  });
});
