import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnPolicy } from '../../../src/core/story/learn-policy.ts';
import type { MeasuredDelay } from '../../../src/core/story/policy-types.ts';

/** Delays as a timer of a browser makes them: a few milliseconds late. */
function measured(outages: number, attempts: number, wait: (attempt: number) => number) {
  const late = [3, 5, 2, 7, 4, 6, 3, 9, 5];
  const delays: MeasuredDelay[] = [];
  for (let outage = 0; outage < outages; outage += 1) {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const delay = wait(attempt) + (late[delays.length % late.length] ?? 0);
      const connection = delays.length + 2;
      delays.push({ outage, attempt, delay, connection, isOpened: attempt === attempts });
    }
  }
  return learnPolicy({ delays, by: 'page', outages });
}

/** Even numbers between 0 and 1, in an order that looks like chance. */
function chance(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0.618_033_988_749_895) % 1;
    return state;
  };
}

describe('a policy', () => {
  it.each([
    ['immediate', () => 0, { kind: 'immediate', base: 0 }],
    ['always 500 ms', () => 500, { kind: 'fixed', base: 500, jitter: 'none' }],
    ['150 ms more each time', (n: number) => 150 * n, { kind: 'linear', base: 150, step: 150 }],
    [
      'twice as long',
      (n: number) => 100 * 2 ** (n - 1),
      { kind: 'exponential', base: 100, factor: 2 },
    ],
    [
      'with a cap',
      (n: number) => Math.min(1_000, 200 * 1.5 ** (n - 1)),
      { kind: 'exponential', base: 200, factor: 1.5, cap: 1_000, jitter: 'none' },
    ],
    [
      'once at once, then growing',
      (n: number) => (n === 1 ? 0 : 200 * 2 ** (n - 2)),
      { kind: 'exponential', base: 200, factor: 2, immediateTries: 1 },
    ],
    [
      'the list of a library',
      (n: number) => [10, 50, 100, 150, 200, 250, 500][n - 1] ?? 5_000,
      { kind: 'steps', base: 10 },
    ],
    [
      'a list of its own',
      (n: number) => [0, 300, 900, 1_500, 1_500, 7_500][n - 1] ?? 0,
      { kind: 'steps', steps: [0, 300, 900, 1_500, 1_500, 7_500] },
    ],
  ])('is found in delays: %s', (_, wait, expected) => {
    expect(measured(2, 6, wait)).toMatchObject(expected);
  });

  it('is found behind chance: full and proportional', () => {
    const full = chance();
    expect(measured(4, 6, (n) => full() * 100 * 2 ** (n - 1))).toMatchObject({
      kind: 'exponential',
      jitter: 'full',
    });
    const part = chance();
    expect(measured(3, 6, () => 400 * (0.8 + 0.4 * part()))).toMatchObject({
      kind: 'fixed',
      jitter: 'proportional',
      jitterShare: 0.2,
    });
  });

  it('gives a curve to draw', () => {
    const { expected } = measured(2, 5, (n) => 100 * 2 ** (n - 1));
    expect(expected?.(4)).toEqual({ low: 800, expected: 800, high: 800 });
  });

  it('does not claim growth that nobody could see', () => {
    expect(measured(1, 1, () => 100).kind).toBe('unknown');
  });

  it('stays what it is, however many outages are added', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(50, 100, 250, 1_000),
        fc.constantFrom(1.5, 2, 3),
        fc.integer({ min: 1, max: 12 }),
        (base, factor, outages) => {
          expect(measured(outages, 5, (n) => base * factor ** (n - 1))).toMatchObject({
            kind: 'exponential',
            base,
            factor,
            jitter: 'none',
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says when it gave up', () => {
    const { delays } = measured(1, 4, () => 200);
    const gaveUp = (since: number) =>
      learnPolicy({ delays, by: 'page', outages: 1, stopped: { after: 4, since } });
    expect(gaveUp(150).givesUpAfter).toBeUndefined();
    expect(gaveUp(5_000)).toMatchObject({ givesUpAfter: 4 });
    expect(gaveUp(5_000).summary).toBe('Waits 200 ms before each try; gave up after 4 tries.');
  });
});
