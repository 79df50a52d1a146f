import type { Direction } from '../facts.ts';
import type { Milliseconds } from '../units.ts';

/** How many intervals are kept of one connection: the latest tell how it beats now. */
const KEPT = 64;

/** The beats of one kind and direction on one connection. */
export interface BeatTrack {
  readonly kind: string;
  readonly direction: Direction;
  readonly example: string;
  count: number;
  /** The latest; in a ring. */
  readonly intervals: Milliseconds[];
  readonly roundTrips: Milliseconds[];
  answers: number;
  firstAt: Milliseconds;
  lastAt: Milliseconds;
  /** A beat that waits for its answer since then. */
  waitsSince: Milliseconds | undefined;
}

export function createBeatTrack(kind: string, direction: Direction, example: string): BeatTrack {
  return {
    kind,
    direction,
    example,
    count: 0,
    intervals: [],
    roundTrips: [],
    answers: 0,
    firstAt: Infinity,
    lastAt: -Infinity,
    waitsSince: undefined,
  };
}

export function addBeat(track: BeatTrack, at: Milliseconds): void {
  if (track.count > 0) track.intervals[(track.count - 1) % KEPT] = Math.max(0, at - track.lastAt);
  track.count += 1;
  track.firstAt = Math.min(track.firstAt, at);
  track.lastAt = at;
  track.waitsSince = at;
}

export function addAnswer(track: BeatTrack, at: Milliseconds): void {
  if (track.waitsSince === undefined) return;
  track.roundTrips[track.answers % KEPT] = Math.max(0, at - track.waitsSince);
  track.answers += 1;
  track.waitsSince = undefined;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}
