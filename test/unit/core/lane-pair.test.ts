import { describe, expect, it } from 'vitest';
import { layoutPair } from '../../../src/core/lane-pair.ts';
import type { Pair } from '../../../src/core/pairs/pair-book.ts';

const WINDOW = { from: 1_000, to: 2_000 };
const pair = (askedAt: number, latency?: number): Pair => ({
  connection: 1,
  kind: 'sum',
  asker: 'sent',
  askRow: 1,
  askedAt,
  outcome: latency === undefined ? 'open' : 'answered',
  ...(latency !== undefined && { latency, answerRow: 2 }),
});

describe('a pair in a lane', () => {
  it('reaches from the request to its answer', () => {
    expect(layoutPair(pair(1_200, 300), WINDOW, 100, 9_000)).toEqual({
      x: 20,
      width: 30,
      asker: 'sent',
      outcome: 'answered',
      hasBegin: true,
      hasEnd: true,
    });
  });

  it('is cut at the edges of the window, and says so', () => {
    expect(layoutPair(pair(500, 5_000), WINDOW, 100, 9_000)).toMatchObject({
      x: 0,
      width: 100,
      hasBegin: false,
      hasEnd: false,
    });
    expect(layoutPair(pair(100, 300), WINDOW, 100, 9_000)).toBeUndefined();
    expect(layoutPair(pair(2_001, 300), WINDOW, 100, 9_000)).toBeUndefined();
  });

  it('without an answer reaches to now, and has no end', () => {
    expect(layoutPair(pair(1_500), WINDOW, 100, 1_750)).toMatchObject({
      x: 50,
      width: 25,
      outcome: 'open',
      hasEnd: false,
    });
  });
});
