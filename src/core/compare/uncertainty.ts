import type { Milliseconds } from '../units.ts';
import { drawBeta, drawGamma, type Random } from './random-variates.ts';
import type { Block } from './time-blocks.ts';

/** A value as it might have come out just as well: another one with each call. */
export type Resample = (random: Random) => number;

/** Of fewer values no interval holds the median of what they came from in 95 of 100 cases (2 × 0.5⁶ < 0.05). */
export const LEAST_VALUES = 6;
/** Of fewer stretches nobody can tell how much one differs from the next. */
const LEAST_BLOCKS = 6;
const LEAST_EVENTS = 12;

/**
 * A percentile, bootstrapped exactly: the k-th of n values that are drawn with replacement from n ascending ones is the one
 * at the place of a Beta(k, n − k + 1) number, so a draw costs the same however many values there are.
 * @param sorted ascending
 * @param share 0.5 for the median
 */
export function resampleQuantile(sorted: Float64Array, share: number): Resample | undefined {
  const n = sorted.length;
  const k = Math.max(1, Math.ceil(share * n));
  // So far out the highest value is all that is known.
  if (n < LEAST_VALUES || n * (1 - share) < 1) return undefined;
  return (random) => {
    const place = drawBeta(k, n - k + 1, random);
    return sorted[Math.min(n - 1, Math.floor(place * n))] ?? 0;
  };
}

/** A rate of things that happen by chance (Poisson), with Jeffreys' prior: the half stands for what was not seen. */
export function resampleRate(count: number, time: Milliseconds, per: Milliseconds): Resample {
  return (random) => (drawGamma(count + 0.5, random) / time) * per;
}

/** A mean of distances, which vary about as much as they are long (exponential): on the safe side for most. */
export function resampleDistance(mean: number, count: number): Resample | undefined {
  return count < LEAST_VALUES ? undefined : (random) => (mean * drawGamma(count, random)) / count;
}

/**
 * A mean of bytes for each event, bootstrapped over stretches of time: what comes together stays together.
 * @param bytesOf what a stretch took
 * @param fixed what was paid once, however long it lasted
 */
export function resampleMean(
  blocks: readonly Block[],
  bytesOf: (block: Block) => number,
  fixed: number,
): Resample | undefined {
  const busy = blocks.filter(({ events, requests }) => events + requests > 0);
  const total = busy.reduce((sum, { events }) => sum + events, 0);
  if (busy.length < LEAST_BLOCKS || total < LEAST_EVENTS) return undefined;
  const bytes = busy.map(bytesOf);
  return (random) => {
    let [sum, events] = [0, 0];
    busy.forEach(() => {
      const index = Math.floor(random() * busy.length);
      sum += bytes[index] ?? 0;
      events += busy[index]?.events ?? 0;
    });
    return events === 0 ? sum + fixed : (sum + (fixed * events) / total) / events;
  };
}
