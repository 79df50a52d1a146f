import { describe, expect, it } from 'vitest';
import type { Pair, Subscription } from '../../../src/core/pairs/pair-book.ts';
import { layoutLatencies, layoutSpans } from '../../../src/panel/charts/layout-latencies.ts';

const SIZE = { width: 100, height: 90 };
const WINDOW = { from: 0, to: 1_000 };

const pair = (askedAt: number, latency?: number): Pair => ({
  connection: 1,
  kind: 'sum',
  asker: 'sent',
  askRow: askedAt,
  askedAt,
  outcome: latency === undefined ? 'open' : 'answered',
  ...(latency !== undefined && { latency, answerRow: askedAt + 1 }),
});

describe('latencies over time', () => {
  it('stand on an axis of powers of ten that holds all of them', () => {
    const { dots, latencies } = layoutLatencies(
      [pair(0, 2), pair(500, 10), pair(1_000, 900)],
      WINDOW,
      SIZE,
    );
    expect(latencies.map(({ place, text }) => [Math.round(place), text])).toEqual([
      [90, '1 ms'],
      [60, '10 ms'],
      [30, '100 ms'],
      [0, '1 s'],
    ]);
    expect(dots.map(({ x }) => x)).toEqual([0, 50, 100]);
    expect(dots[1]?.y).toBeCloseTo(60);
    expect(dots[2]?.y).toBeGreaterThan(0);
  });

  it('put a request without an answer at the upper edge, also where none has one', () => {
    const { dots, latencies } = layoutLatencies([pair(100)], WINDOW, SIZE);
    expect(dots).toMatchObject([{ x: 10, y: 0 }]);
    expect(latencies.map(({ text }) => text)).toEqual(['1 ms', '10 ms']);
    expect(layoutLatencies([], WINDOW, SIZE).dots).toEqual([]);
  });

  it('show an answer in no time at the lower edge', () => {
    expect(layoutLatencies([pair(0, 0)], WINDOW, SIZE).dots[0]?.y).toBe(90);
  });
});

describe('subscriptions over time', () => {
  const subscription = (from: number, to?: number) =>
    ({ from, ...(to !== undefined && { to }) }) as Subscription;

  it('reach from the wish to the end, as far as the picture goes', () => {
    const bars = layoutSpans(
      [
        subscription(-500, 500),
        subscription(200),
        subscription(900, 5_000),
        subscription(300, 300),
      ],
      WINDOW,
      100,
      600,
    );
    expect(bars.map(({ x, width, hasBegin, hasEnd }) => [x, width, hasBegin, hasEnd])).toEqual([
      [0, 50, false, true],
      [20, 40, true, false],
      [90, 10, true, false],
      [30, 3, true, true],
    ]);
  });
});
