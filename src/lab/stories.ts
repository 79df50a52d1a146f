import type { Faults, LabEndpoint } from './faults.ts';
import { createFeedClock, type FeedClock, wallNow } from './feed-clock.ts';

/** Where a connection enters its feed. */
export interface FeedEntry {
  readonly clock: FeedClock;
  /** The first sequence number to send. */
  readonly first: number;
}

/**
 * What the server remembers of each client key: its feeds, which run on while the client is away,
 * and how often it tried. A connection without a key has no past.
 */
export interface Stories {
  /** Counts this try; the first is 1. */
  countTry: (endpoint: LabEndpoint, faults: Faults, key: string) => number;
  enter: (endpoint: LabEndpoint, faults: Faults, seen: number | null) => FeedEntry;
  /** The clock of a feed that is asked again and again. */
  clockOf: (faults: Faults, key: string) => FeedClock;
}

/** Enough for any page, and a bound for a lab that runs for days. */
const MAX_REMEMBERED = 2000;

export function createStories(): Stories {
  const tries = new Map<string, number>();
  const clocks = new Map<string, FeedClock>();
  const visited = new Map<string, true>();

  function clockOf(faults: Faults, key: string): FeedClock {
    const id = [key, faults.rate, faults.burst, faults.seed].join(' ');
    const known = clocks.get(id);
    if (known !== undefined) return known;
    const clock = createFeedClock(wallNow(), faults.rate, faults.burst);
    remember(clocks, id, clock);
    return clock;
  }

  /**
   * The first visit of a client to an endpoint gets the feed from its beginning, so that two transports
   * side by side carry the same messages. A later one joins the live edge, unless it may resume.
   */
  function enter(endpoint: LabEndpoint, faults: Faults, seen: number | null): FeedEntry {
    const honoured = faults.resume ? seen : null;
    if (faults.key === null) {
      const clock = createFeedClock(wallNow(), faults.rate, faults.burst);
      const skipped = honoured ?? 0;
      const start = clock.dueAt(1);
      const shifted = createFeedClock(
        start - (clock.dueAt(skipped + 1) - start),
        faults.rate,
        faults.burst,
      );
      return { clock: shifted, first: skipped + 1 };
    }
    const clock = clockOf(faults, faults.key);
    const visit = visitorOf(endpoint, faults, faults.key);
    const isFirst = !visited.has(visit);
    remember(visited, visit, true);
    if (honoured !== null) return { clock, first: honoured + 1 };
    return { clock, first: isFirst ? 1 : clock.lastDue(wallNow()) + 1 };
  }

  return {
    countTry: (endpoint, faults, key) => {
      const id = visitorOf(endpoint, faults, key);
      const count = (tries.get(id) ?? 0) + 1;
      remember(tries, id, count);
      return count;
    },
    enter,
    clockOf,
  };
}

/** One client of a page: pages that hold two connections to one endpoint give them names. */
function visitorOf(endpoint: LabEndpoint, faults: Faults, key: string): string {
  return [endpoint, key, faults.name].join(' ');
}

/** Sets an entry as the newest and lets the oldest go. */
function remember<V>(map: Map<string, V>, id: string, value: V): void {
  map.delete(id);
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > MAX_REMEMBERED && oldest !== undefined) map.delete(oldest);
}
