import type { TapRecord } from '../bridge/tap-record.ts';
import { deleteProperty } from './natives.ts';

/** A connection that has ended, and the numbers of its first and last fact. */
interface Ended {
  readonly connection: number;
  readonly born: number;
  readonly n: number;
  next: Ended | undefined;
}

/** Connections by their number; no prototype, for a page may define properties there. */
export type Chosen = Record<number, true>;

/** Which connections a history can let go: the oldest of those that have ended. */
export interface EndedConnections {
  note: (record: TapRecord) => void;
  /**
   * Enough to be worth a walk, or none.
   *
   * @param acknowledged the panel has all facts up to here
   * @param isWatched otherwise nobody waits for what is not acknowledged; but of a connection whose
   *   beginning was, a panel that comes back waits for the end
   */
  choose: (acknowledged: number, isWatched: boolean) => Chosen | undefined;
}

/** @param most ended connections that are kept */
export function createEndedConnections(most: number): EndedConnections {
  const births = { __proto__: null } as unknown as Record<number, number>;
  const oldest: Pick<Ended, 'next'> = { next: undefined };
  let latest = oldest;
  let count = 0;
  /** Fewer are not worth a walk over the history. */
  const atOnce = (most >> 3) + 1;

  return {
    note: ({ n, fact }) => {
      if (fact.kind === 'connection-created') births[fact.connection] = n;
      if (fact.kind !== 'connection-ended') return;
      const { connection } = fact;
      const ended: Ended = { connection, born: births[connection] ?? n, n, next: undefined };
      deleteProperty(births, connection);
      latest.next = ended;
      latest = ended;
      count += 1;
    },
    choose: (acknowledged, isWatched) => {
      if (count < most + atOnce) return undefined;
      const chosen = { __proto__: null } as unknown as Chosen;
      let before = oldest;
      for (let left = atOnce; left > 0; left -= 1) {
        const ended = before.next;
        if (ended === undefined) break;
        if (ended.n <= acknowledged || (!isWatched && ended.born > acknowledged)) {
          chosen[ended.connection] = true;
          before.next = ended.next;
          count -= 1;
        } else {
          before = ended;
        }
      }
      if (oldest.next === undefined) latest = oldest;
      return chosen;
    },
  };
}
