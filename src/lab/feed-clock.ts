import type { EpochMilliseconds } from '../core/units.ts';

/** Wall time that never jumps: the monotonic clock, set once. */
export function wallNow(): EpochMilliseconds {
  return performance.timeOrigin + performance.now();
}

/** When each tick of one feed is due. A feed does not wait for its readers. */
export interface FeedClock {
  dueAt: (seq: number) => EpochMilliseconds;
  /** The last tick that is due at this time; 0 before the first. */
  lastDue: (now: EpochMilliseconds) => number;
}

/** `rate` in messages per second; `burst` messages fall due together. */
export function createFeedClock(
  startedAt: EpochMilliseconds,
  rate: number,
  burst: number,
): FeedClock {
  const interval = (burst * 1000) / rate;
  return {
    dueAt: (seq) => startedAt + Math.floor((seq - 1) / burst) * interval,
    // The small allowance keeps a timer that fires a rounding error early from seeing nothing due.
    lastDue: (now) => Math.max(0, Math.floor((now - startedAt + 1e-6) / interval) + 1) * burst,
  };
}
