import type { ConnectionsEvicted, TapRecord } from '../bridge/tap-record.ts';
import type { DirectionTally, Tally } from '../core/facts.ts';
import type { Chosen } from './ended-connections.ts';
import { firstAfter, type KeptRecord } from './kept-record.ts';

/** Takes the totals of all messages that were let go of a connection. */
export type TallyOf = (connection: number) => DirectionTally | undefined;

/** The facts about connections, and which of them is to be sent next. */
export interface LifeList {
  append: (node: KeptRecord) => void;
  peek: () => KeptRecord | undefined;
  advance: () => void;
  rewind: (after: number) => void;
  /**
   * Lets connections go that have ended. In the place of each one's end stays a count, under the same number: who
   * has that number knows the connection, who has not hears what is no longer there. Counts that follow each other on
   * the same side of `acknowledged` become one.
   */
  letGo: (connections: Chosen, acknowledged: number, tallyOf: TallyOf) => void;
}

export function createLifeList(): LifeList {
  let first: KeptRecord | undefined;
  let last: KeptRecord | undefined;
  let next: KeptRecord | undefined;

  return {
    append: (node) => {
      if (last !== undefined) last.next = node;
      last = node;
      first ??= node;
      next ??= node;
    },
    peek: () => next,
    advance: () => {
      next = next?.next;
    },
    rewind: (after) => {
      next = firstAfter(first, after);
    },
    letGo: (connections, acknowledged, tallyOf) => {
      const requests = { __proto__: null } as unknown as Chosen;
      let before: KeptRecord | undefined;
      for (let node = first; node !== undefined; node = node.next) {
        const { fact } = node;
        const isGone = 'connection' in fact && connections[fact.connection] === true;
        if (isGone && fact.kind === 'connection-created' && isRequest(fact.transport)) {
          requests[fact.connection] = true;
        }
        if (isGone && fact.kind === 'connection-ended') {
          const tally = tallyOf(fact.connection);
          node.fact = evictedOne(fact.at, requests[fact.connection] === true, tally);
        }
        const isMerged =
          before !== undefined &&
          before.n <= acknowledged === node.n <= acknowledged &&
          mergeEvicted(before, node);
        if (!isMerged && !(isGone && node.fact === fact)) before = node;
        else if (before === undefined) first = node.next;
        else before.next = node.next;
      }
      last = before;
    },
  };
}

const isRequest = (transport: string): boolean => transport === 'fetch' || transport === 'xhr';

/** What a request's messages amount to is not known here, so only connections count theirs. */
function evictedOne(
  at: number,
  isOfRequest: boolean,
  tally: DirectionTally | undefined,
): ConnectionsEvicted {
  const none = (): Tally => ({ messages: 0, bytes: 0 });
  const counted = isOfRequest ? undefined : tally;
  return {
    kind: 'connections-evicted',
    at,
    connections: isOfRequest ? 0 : 1,
    requests: isOfRequest ? 1 : 0,
    sent: counted?.sent ?? none(),
    received: counted?.received ?? none(),
  };
}

function add(sum: Tally, more: Tally): void {
  sum.messages += more.messages;
  sum.bytes += more.bytes;
}

/** Adds the later count to the earlier one, which takes its number. @returns whether both are counts */
function mergeEvicted(earlier: TapRecord, later: TapRecord): boolean {
  const sum = earlier.fact;
  const more = later.fact;
  if (sum.kind !== 'connections-evicted' || more.kind !== 'connections-evicted') return false;
  sum.connections += more.connections;
  sum.requests += more.requests;
  add(sum.sent, more.sent);
  add(sum.received, more.received);
  sum.at = more.at;
  earlier.n = later.n;
  return true;
}
