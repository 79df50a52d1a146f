import type { Fact } from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';

/**
 * One order for facts that came in several lists (of the frames, of each connection).
 * The order inside a list is kept, also where its times go back; between lists the time decides, and
 * the earlier list where times are equal. A connection never comes before its frame, nor before the
 * connection that it continues.
 */
export function mergeByTime(lists: readonly (readonly Fact[])[]): Fact[] {
  const frames = new Map<number, Milliseconds>();
  const connections = new Map<number, Milliseconds>();
  const placed: { fact: Fact; place: Milliseconds }[] = [];
  for (const list of lists) {
    let place = -Infinity;
    for (const fact of list) {
      place = Math.max(place, fact.at);
      if (fact.kind === 'frame-added') {
        frames.set(fact.frame, place);
      } else if (fact.kind === 'connection-created') {
        const before = fact.continues === undefined ? undefined : connections.get(fact.continues);
        place = Math.max(place, frames.get(fact.frame) ?? place, before ?? place);
        connections.set(fact.connection, place);
      }
      placed.push({ fact, place });
    }
  }
  // Sorting is stable (ECMA-262), so equal places stay in the order of the lists.
  return placed.sort((a, b) => a.place - b.place).map(({ fact }) => fact);
}
