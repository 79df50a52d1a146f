import type { Milliseconds } from '../../src/core/units.ts';

/** The numbered messages that a server has to say, whether or not somebody listens. */
export interface Feed {
  /** The number of the latest one. */
  readonly latest: number;
  /** It goes on, or it rests: nothing is numbered meanwhile. */
  isRunning: boolean;
  subscribe: (hear: (seq: number) => void) => () => void;
  stop: () => void;
}

export function createFeed(every: Milliseconds): Feed {
  const listeners = new Set<(seq: number) => void>();
  let latest = 0;
  const feed: Feed = {
    get latest() {
      return latest;
    },
    isRunning: false,
    subscribe: (hear) => {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
  const timer = setInterval(() => {
    if (!feed.isRunning) return;
    latest += 1;
    for (const hear of listeners) hear(latest);
  }, every);
  return feed;
}

/** What a feed says, short. */
export function tickText(seq: number): string {
  return JSON.stringify({ seq, price: 100 + ((seq * 7) % 13) / 4 });
}
