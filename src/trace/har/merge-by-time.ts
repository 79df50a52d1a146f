import type { Fact } from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';

interface Placed {
  readonly fact: Fact;
  readonly place: Milliseconds;
  /** At one place, what waits for a connection of a later list comes after that. */
  readonly isWaiting: boolean;
}

/** Where a connection begins in the one order, and in which list. */
interface Beginning {
  place: Milliseconds;
  list: number;
}

/**
 * One order for facts that came in several lists (of the frames, of each connection).
 * The order inside a list is kept, also where its times go back; between lists the time decides, and
 * the earlier list where times are equal. A connection never comes before its frame, nor before the
 * connection that it continues, or is said to continue.
 */
export function mergeByTime(lists: readonly (readonly Fact[])[]): Fact[] {
  const begun = findBeginnings(lists);
  const placed: Placed[] = [];
  for (const [list, facts] of lists.entries()) {
    let place = -Infinity;
    let isWaiting = false;
    for (const fact of facts) {
      const before = place;
      place = Math.max(place, fact.at);
      if (fact.kind === 'connection-created') {
        place = Math.max(place, begun.get(fact.connection)?.place ?? place);
      }
      isWaiting &&= place === before;
      if (fact.kind === 'link-decided' && fact.before !== undefined) {
        const named = begun.get(fact.before);
        isWaiting ||= named !== undefined && named.place >= place && named.list > list;
        place = Math.max(place, named?.place ?? place);
      }
      placed.push({ fact, place, isWaiting });
    }
  }
  // Sorting is stable (ECMA-262), so equal places stay in the order of the lists.
  placed.sort((a, b) => a.place - b.place || Number(a.isWaiting) - Number(b.isWaiting));
  return placed.map(({ fact }) => fact);
}

function findBeginnings(lists: readonly (readonly Fact[])[]): Map<number, Beginning> {
  const frames = new Map<number, Milliseconds>();
  const connections = new Map<number, Beginning>();
  for (const [list, facts] of lists.entries()) {
    let place = -Infinity;
    for (const fact of facts) {
      place = Math.max(place, fact.at);
      if (fact.kind === 'frame-added') {
        frames.set(fact.frame, place);
      } else if (fact.kind === 'connection-created') {
        const before = fact.continues === undefined ? undefined : connections.get(fact.continues);
        place = Math.max(place, frames.get(fact.frame) ?? place, before?.place ?? place);
        connections.set(fact.connection, { place, list });
      }
    }
  }
  return connections;
}
