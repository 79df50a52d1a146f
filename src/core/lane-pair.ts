import type { Direction } from './facts.ts';
import type { Pair } from './pairs/pair-book.ts';
import type { TimeWindow } from './time-window.ts';
import type { Milliseconds } from './units.ts';

/** The way from a request to its answer, in pixels of a lane. */
export interface PairSpan {
  readonly x: number;
  readonly width: number;
  readonly asker: Direction;
  readonly outcome: Pair['outcome'];
  /** Whether its ends are in the picture, or before and after it. */
  readonly hasBegin: boolean;
  readonly hasEnd: boolean;
}

/** @param now where one without an answer has come to */
export function layoutPair(
  { askedAt, latency, asker, outcome }: Pair,
  { from, to }: TimeWindow,
  width: number,
  now: Milliseconds,
): PairSpan | undefined {
  const end = latency === undefined ? Math.max(askedAt, now) : askedAt + latency;
  if (end < from || askedAt > to) return undefined;
  const scale = width / (to - from);
  const x = (Math.max(from, askedAt) - from) * scale;
  return {
    x,
    width: (Math.min(to, end) - from) * scale - x,
    asker,
    outcome,
    hasBegin: askedAt >= from,
    hasEnd: latency !== undefined && end <= to,
  };
}
