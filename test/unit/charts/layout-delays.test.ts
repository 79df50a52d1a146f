import { describe, expect, it } from 'vitest';
import type { MeasuredDelay } from '../../../src/core/story/policy-types.ts';
import { layoutDelays } from '../../../src/panel/charts/layout-delays.ts';

const SIZE = { width: 400, height: 100 };

/** The tries of outages, each a list of delays; the last of each opens. */
function measured(...outages: number[][]): MeasuredDelay[] {
  return outages.flatMap((delays, outage) =>
    delays.map((delay, index) => ({
      outage,
      attempt: index + 1,
      delay,
      connection: 100 * outage + index,
      isOpened: index === delays.length - 1,
    })),
  );
}

const doubling = (attempt: number) => {
  const high = 100 * 2 ** (attempt - 1);
  return { low: 0, expected: high / 2, high };
};

describe('the delay chart', () => {
  it('puts longer delays higher, and later tries further right', () => {
    const { points } = layoutDelays({ delays: measured([100, 200, 400]), jitter: 'none' }, SIZE);
    const [first, second, third] = points;
    expect(first?.x).toBeLessThan(second?.x ?? 0);
    expect(second?.y).toBeGreaterThan(third?.y ?? Infinity);
    expect(points.every(({ y }) => y >= 0 && y <= SIZE.height)).toBe(true);
  });

  it('draws each outage as a line of its own, beside the others', () => {
    const { runs, points } = layoutDelays(
      { delays: measured([100, 200], [100]), jitter: 'none' },
      SIZE,
    );
    expect(runs.map(({ outage }) => outage)).toEqual([0, 1]);
    const atFirst = points.filter(({ delay }) => delay.attempt === 1).map(({ x }) => x);
    expect(new Set(atFirst).size).toBe(2);
  });

  it('has a band only where chance moves the delay, and a curve only where something was fitted', () => {
    const delays = measured([50, 120, 180]);
    const full = layoutDelays({ delays, jitter: 'full', expected: doubling }, SIZE);
    expect([full.curve, full.band].map((path) => path?.startsWith('M'))).toEqual([true, true]);
    const none = layoutDelays({ delays, jitter: 'none', expected: doubling }, SIZE);
    expect(none.band).toBeUndefined();
    expect(layoutDelays({ delays, jitter: 'unknown' }, SIZE).curve).toBeUndefined();
  });

  it('costs no more than its pixels show, and says how many it left out', () => {
    const { points, left, attempts } = layoutDelays(
      { delays: measured(Array.from({ length: 5_000 }, () => 10)), jitter: 'none' },
      SIZE,
    );
    expect(points).toHaveLength(300);
    expect(left).toBe(4_700);
    expect(attempts.length).toBeLessThanOrEqual(10);
  });

  it('names round delays with their unit', () => {
    const { delays } = layoutDelays({ delays: measured([700, 1_900]), jitter: 'none' }, SIZE);
    expect(delays.map(({ text }) => text)).toEqual(['0', '500 ms', '1 s', '1.5 s']);
  });
});
