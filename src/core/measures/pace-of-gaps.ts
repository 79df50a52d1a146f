import { lowerBound } from '../lower-bound.ts';
import type { Milliseconds } from '../units.ts';

/** A message and the time since the one before. */
export interface Gap {
  readonly row: number;
  readonly gap: Milliseconds;
}

/** Gaps so many times the usual one are stalls; shorter ones than this nobody notices. */
const STALLED = 8;
const SHORTEST_STALL: Milliseconds = 1_000;
/** Gaps of so small a share of the usual one are dense. */
const DENSE = 1 / 16;
/** Where messages come by chance (a Poisson process), about this share of gaps is as dense. */
const DENSE_BY_CHANCE = 0.1;
/** So seldom chance may make a burst in a whole recording. */
const UNLIKELY = 0.01;
const MOST_ROWS = 10;

export interface Pace {
  readonly bursts: { readonly count: number; readonly largest: number };
  readonly stalls: {
    readonly count: number;
    readonly longest: Milliseconds;
    readonly rows: readonly number[];
  };
}

/**
 * Bursts and stalls among gaps, by connection and in their order.
 *
 * The usual gap is the one in which a random moment falls: half of the time passes in gaps no longer than it. A thousand
 * messages at once each second have a median gap of nothing, and a usual one of a second. Stalls are taken out before,
 * the longest first, so one long silence does not make everything else look dense.
 */
export function paceOf(gapsBy: readonly (readonly Gap[])[]): Pace {
  const gaps = gapsBy.flat().sort((a, b) => a.gap - b.gap);
  const { usual, stalled } = peelStalls(gaps.map(({ gap }) => gap));
  const stalls = gaps.slice(gaps.length - stalled).reverse();
  const dense = usual * DENSE;
  const fewest = fewestDense(gaps.length);
  let [count, largest] = [0, 0];
  const close = (run: number): void => {
    if (run < fewest) return;
    count += 1;
    largest = Math.max(largest, run + 1);
  };
  for (const own of gapsBy) {
    let run = 0;
    for (const { gap } of own) {
      if (gap <= dense) {
        run += 1;
        continue;
      }
      close(run);
      run = 0;
    }
    close(run);
  }
  return {
    bursts: { count, largest },
    stalls: {
      count: stalled,
      longest: stalls[0]?.gap ?? 0,
      rows: stalls.slice(0, MOST_ROWS).map(({ row }) => row),
    },
  };
}

/** So many dense gaps in a row chance makes in fewer than one of a hundred recordings. */
function fewestDense(gaps: number): number {
  return Math.ceil(Math.log(UNLIKELY / Math.max(gaps, 1)) / Math.log(DENSE_BY_CHANCE));
}

/** @param sorted ascending */
function peelStalls(sorted: readonly number[]): { usual: Milliseconds; stalled: number } {
  const sums: number[] = [];
  let sum = 0;
  for (const gap of sorted) {
    sum += gap;
    sums.push(sum);
  }
  /** Of the first so many. */
  const usualOf = (count: number): Milliseconds => {
    const half = (sums[count - 1] ?? 0) / 2;
    const place = lowerBound(count, (index) => (sums[index] ?? 0) < half);
    return sorted[place] ?? 0;
  };
  let count = sorted.length;
  while (count > 2) {
    const longest = sorted[count - 1] ?? 0;
    if (longest <= Math.max(SHORTEST_STALL, STALLED * usualOf(count - 1))) break;
    count -= 1;
  }
  return { usual: usualOf(count), stalled: sorted.length - count };
}
