import type { Channel, Connection } from '../channel.ts';
import { endpointOf } from '../endpoint.ts';
import type { Milliseconds } from '../units.ts';

/** How a polling channel asks, as far as its latest requests tell. */
export interface PollRhythm {
  /** `held-open`: the server keeps a request until it has news. `regular`: the page asks by the clock. */
  kind: 'held-open' | 'regular' | 'irregular';
  /** From one beginning to the next; the median. */
  every: Milliseconds;
  /** How long a request lasts; the median. */
  lasts: Milliseconds;
  /** Nothing has been asked for so long that one would have expected it to. */
  isOver: boolean;
}

/** So many of the latest requests are looked at, however many there are. */
const LOOKED_AT = 24;
/** The same limits by which polling is found: `poll-evidence.ts`. */
const LEAST_HELD_OPEN: Milliseconds = 400;
const LONGEST_GAP: Milliseconds = 150;
const MOST_VARIATION = 0.35;
/** So many of its own intervals of silence, and at least so long, and a channel is over. */
const SILENT_INTERVALS = 3;
const LEAST_SILENCE: Milliseconds = 2_000;

/** @returns `undefined` where there are too few requests to tell */
export function pollRhythm(channel: Channel, now: Milliseconds): PollRhythm | undefined {
  const requests = leadingRequests(channel.connections.slice(-LOOKED_AT));
  const last = requests.at(-1);
  if (last === undefined || requests.length < 3) return undefined;
  const intervals: Milliseconds[] = [];
  const pauses: Milliseconds[] = [];
  let before: Connection | undefined;
  for (const request of requests) {
    if (before !== undefined) {
      intervals.push(request.createdAt - before.createdAt);
      pauses.push(request.createdAt - (before.endedAt ?? request.createdAt));
    }
    before = request;
  }
  const every = median(intervals);
  const lasts = median(
    requests.flatMap(({ createdAt, endedAt }) =>
      endedAt === undefined ? [] : endedAt - createdAt,
    ),
  );
  const isHeldOpen = lasts >= LEAST_HELD_OPEN && median(pauses) <= LONGEST_GAP;
  const isRegular = variation(intervals) < MOST_VARIATION;
  const silence = last.endedAt === undefined ? 0 : now - last.endedAt;
  return {
    kind: isHeldOpen ? 'held-open' : isRegular ? 'regular' : 'irregular',
    every,
    lasts,
    isOver: silence > Math.max(LEAST_SILENCE, SILENT_INTERVALS * every),
  };
}

/** A protocol may send in requests of its own beside those that wait: those that take the most time lead. */
function leadingRequests(requests: readonly Connection[]): readonly Connection[] {
  const groups = new Map<string, { took: Milliseconds; requests: Connection[] }>();
  for (const request of requests) {
    const { method = 'GET', url, createdAt, endedAt = createdAt } = request;
    const key = `${method} ${endpointOf(url)}`;
    const group = groups.get(key) ?? { took: 0, requests: [] };
    group.took += endedAt - createdAt;
    group.requests.push(request);
    groups.set(key, group);
  }
  const [leading] = [...groups.values()].sort((a, b) => b.took - a.took);
  return leading?.requests ?? [];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The coefficient of variation of a sample. */
function variation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean === 0 ? 0 : Math.sqrt(squares / Math.max(values.length - 1, 1)) / mean;
}
