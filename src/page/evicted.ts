import type { MessagesEvicted } from '../bridge/tap-record.ts';
import type { MessageFact } from '../core/facts.ts';

/** What was let go, in exact totals by connection, and which of them the panel has to hear. */
export interface EvictedTotals {
  count: (message: MessageFact, where: MessagesEvicted['where']) => void;
  /** Totals that changed since they were taken. */
  take: () => MessagesEvicted[];
  /** The panel has to hear all of them anew. */
  retell: () => void;
}

export function createEvictedTotals(): EvictedTotals {
  const totalsOf: (MessagesEvicted | undefined)[] = [];
  let changed: (true | undefined)[] = [];
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
      for (let connection = 0; connection < changed.length; connection += 1) {
        const totals = totalsOf[connection];
        if (changed[connection] === true && totals !== undefined) taken[taken.length] = totals;
      }
      changed = [];
      return taken;
    },
    retell: () => {
      for (let connection = 0; connection < totalsOf.length; connection += 1) {
        changed[connection] = true;
      }
    },
  };
}

function noneEvicted(connection: number): MessagesEvicted {
  return {
    connection,
    at: 0,
    sent: { messages: 0, bytes: 0 },
    received: { messages: 0, bytes: 0 },
    where: 'history',
  };
}
