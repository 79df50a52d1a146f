import type { MessagesEvicted } from '../bridge/tap-record.ts';
import type { MessageFact } from '../core/facts.ts';
import { deleteProperty } from './natives.ts';

/** What was let go, in exact totals by connection, and which of them the panel has to hear. */
export interface EvictedTotals {
  count: (message: MessageFact, where: MessagesEvicted['where']) => void;
  /** Totals that changed since they were taken. */
  take: () => MessagesEvicted[];
  /** The panel has to hear all of them anew. */
  retell: () => void;
  /** The connection itself is let go. */
  remove: (connection: number) => MessagesEvicted | undefined;
}

export function createEvictedTotals(): EvictedTotals {
  const totalsOf = byConnection<MessagesEvicted>();
  let changed = byConnection<true>();
  return {
    count: (message, where) => {
      const { connection, direction, at } = message;
      const totals = (totalsOf[connection] ??= noneEvicted(connection));
      if (message.discarded !== true) {
        totals[direction].messages += 1;
        totals[direction].bytes += message.byteLength;
      }
      totals.at = at;
      totals.where = where;
      changed[connection] = true;
    },
    take: () => {
      const taken: MessagesEvicted[] = [];
      for (const connection in changed) taken[taken.length] = totalsOf[connection]!;
      changed = byConnection();
      return taken;
    },
    retell: () => {
      for (const connection in totalsOf) changed[connection] = true;
    },
    remove: (connection) => {
      const totals = totalsOf[connection];
      deleteProperty(totalsOf, connection);
      deleteProperty(changed, connection);
      return totals;
    },
  };
}

/** No prototype: a page may define properties there. */
const byConnection = <Value>(): Record<number, Value> =>
  ({ __proto__: null }) as unknown as Record<number, Value>;

function noneEvicted(connection: number): MessagesEvicted {
  return {
    connection,
    at: 0,
    sent: { messages: 0, bytes: 0 },
    received: { messages: 0, bytes: 0 },
    where: 'history',
  };
}
