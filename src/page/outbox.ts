import type { Records } from '../bridge/envelope.ts';
import type { EvictedTotals } from './evicted.ts';
import type { History } from './history.ts';
import type { TapLimits } from './limits.ts';

/** What goes to the panel, batch by batch, and how far it has come. */
export interface Outbox {
  readonly isEmpty: boolean;
  /** As much is under way as may be before the panel acknowledges. */
  readonly isFull: boolean;
  /** The panel has everything up to here. */
  readonly acknowledged: number;
  /** The last record that was ever sent, whatever became of it. */
  readonly everSent: number;
  take: () => Records;
  acknowledge: (through: number) => void;
  /** The panel has everything up to here and nothing more: what follows goes again. */
  rewind: (after: number) => void;
}

export function createOutbox(limits: TapLimits, history: History, evicted: EvictedTotals): Outbox {
  let acknowledged = 0;
  let sentThrough = 0;
  let everSent = 0;
  /** Records and payload bytes since everything was acknowledged. */
  let underWay = 0;
  let underWayBytes = 0;

  function settle(through: number): void {
    acknowledged = through;
    underWay = 0;
    underWayBytes = 0;
  }

  return {
    get isEmpty() {
      return history.peek() === undefined;
    },
    get isFull() {
      return underWay >= limits.windowRecords || underWayBytes >= limits.windowBytes;
    },
    get acknowledged() {
      return acknowledged;
    },
    get everSent() {
      return everSent;
    },
    take: () => {
      const records: Records['records'] = [];
      const batch: Records = {
        kind: 'records',
        after: sentThrough,
        records,
        evicted: evicted.take(),
      };
      let bytes = 0;
      for (;;) {
        const kept = history.peek();
        if (kept === undefined || records.length >= limits.batchRecords) break;
        if (records.length > 0 && bytes + kept.bytes > limits.batchBytes) break;
        history.advance();
        records[records.length] = { n: kept.n, fact: kept.fact };
        bytes += kept.bytes;
        sentThrough = kept.n;
      }
      if (sentThrough > everSent) everSent = sentThrough;
      underWay += records.length;
      underWayBytes += bytes;
      return batch;
    },
    acknowledge: (through) => {
      if (through < acknowledged) return;
      if (through >= sentThrough) settle(through);
      else acknowledged = through;
    },
    rewind: (after) => {
      sentThrough = after;
      settle(after);
      history.rewind(after);
      evicted.retell();
    },
  };
}
