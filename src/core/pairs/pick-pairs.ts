import { lowerBound } from '../lower-bound.ts';
import type { TimeWindow } from '../time-window.ts';
import type { Pair } from './pair-book.ts';

/** Pairs of a stretch of time, as many as a picture can show. */
export interface PickedPairs {
  /** In the order in which they were asked. */
  readonly pairs: readonly Pair[];
  /** All that were asked in that stretch. */
  readonly total: number;
}

/**
 * All pairs that were asked in a window; of too many, the slowest of each outcome in each small stretch of it,
 * so that no peak is missing from the picture.
 * @param pairs in the order in which they were asked
 */
export function pickPairs(
  pairs: readonly Pair[],
  { from, to }: TimeWindow,
  most: number,
): PickedPairs {
  const first = lowerBound(pairs.length, (at) => (pairs[at]?.askedAt ?? 0) < from);
  const end = lowerBound(pairs.length, (at) => (pairs[at]?.askedAt ?? 0) <= to);
  const total = end - first;
  if (total <= most) return { pairs: pairs.slice(first, end), total };
  const stretch = (to - from) / (most / OUTCOMES);
  const picked = new Map<string, Pair>();
  for (let place = first; place < end; place += 1) {
    const pair = pairs[place];
    if (pair === undefined) continue;
    const key = `${Math.floor((pair.askedAt - from) / stretch)} ${pair.outcome}`;
    const known = picked.get(key);
    if (known === undefined || (pair.latency ?? 0) > (known.latency ?? 0)) picked.set(key, pair);
  }
  return { pairs: [...picked.values()].sort((a, b) => a.askRow - b.askRow), total };
}

/** A stretch shows each outcome of a pair once. */
const OUTCOMES = 3;

/** The slowest that were answered or failed, the slowest first. */
export function slowestPairs(pairs: readonly Pair[], most: number): Pair[] {
  let kept: Pair[] = [];
  let bar = -1;
  for (const pair of pairs) {
    if (pair.latency === undefined || pair.latency <= bar) continue;
    kept.push(pair);
    if (kept.length < 2 * most) continue;
    kept = slowestOf(kept, most);
    bar = kept.at(-1)?.latency ?? -1;
  }
  return slowestOf(kept, most);
}

const slowestOf = (pairs: readonly Pair[], most: number): Pair[] =>
  [...pairs].sort((a, b) => (b.latency ?? 0) - (a.latency ?? 0)).slice(0, most);

/** The pair that the message of a row asks or answers. */
export const pairOf = (pairs: readonly Pair[], row: number): Pair | undefined =>
  pairs.find(({ askRow, answerRow }) => askRow === row || answerRow === row);
