import type { DirectionTally } from '../core/facts.ts';
import type { Sorter } from '../core/http/sorter.ts';
import type { EpochMilliseconds } from '../core/units.ts';
import type { Hello } from './envelope.ts';
import type { MessagesEvicted } from './tap-record.ts';

/** A connection of a document, as the intake counts it. */
export interface Counted {
  /**
   * Its number in the session; 0 when it was over before the session began, none for a request of which
   * nobody knows yet what it amounts to.
   */
  id: number | undefined;
  readonly isRequest: boolean;
  /** Requests: it ended. */
  isOver: boolean;
  /** All messages (of a request: pieces) that the tap recorded up to now, taken or dropped, also in sessions before this one. */
  readonly seen: DirectionTally;
}

/** One document of the tab, as the intake follows it. */
export interface Stream {
  readonly hello: Hello;
  relay: number | undefined;
  /** It is in a popup that the inspected page opened. */
  isPopup: boolean;
  /** The number of its frame in the session; 0 while it is not part of one. */
  frame: number;
  /** The highest record number that arrived. */
  through: number;
  isRemoved: boolean;
  /** Tells what its requests amount to. */
  sorter: Sorter;
  /** When the session was last cleared, in wall time. */
  clearedAt: EpochMilliseconds;
  /** By the document's own connection numbers. */
  readonly connections: Map<number, Counted>;
  /** Record number → row, of messages whose bytes are still to come. */
  readonly pending: Map<number, number>;
  /** Totals of connections that the session does not know yet. */
  readonly evicted: Map<number, MessagesEvicted>;
}

/** @param createSorter makes the sorter of a document that begins anew */
export function createStream(hello: Hello, createSorter: (stream: Stream) => Sorter): Stream {
  const stream: Stream = {
    hello,
    relay: undefined,
    isPopup: false,
    frame: 0,
    through: 0,
    isRemoved: false,
    sorter: { hear: () => undefined },
    clearedAt: -Infinity,
    connections: new Map(),
    pending: new Map(),
    evicted: new Map(),
  };
  stream.sorter = createSorter(stream);
  return stream;
}

/** The document starts from its beginning in the next session. */
export function forget(stream: Stream, createSorter: (stream: Stream) => Sorter): void {
  stream.frame = 0;
  stream.through = 0;
  stream.isRemoved = false;
  stream.sorter = createSorter(stream);
  stream.clearedAt = -Infinity;
  stream.connections.clear();
  stream.pending.clear();
  stream.evicted.clear();
}
