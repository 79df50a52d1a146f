import type { DirectionTally } from '../core/facts.ts';
import type { Hello } from './envelope.ts';
import type { MessagesEvicted } from './tap-record.ts';

/** A connection of a document, as the intake counts it. */
export interface Counted {
  /** Its number in the session; 0 when it was over before the session began. */
  id: number;
  /** All messages that the tap recorded up to now, taken or dropped, also in sessions before this one. */
  readonly seen: DirectionTally;
}

/** One document of the tab, as the intake follows it. */
export interface Stream {
  readonly hello: Hello;
  relay: number | undefined;
  /** The number of its frame in the session; 0 while it is not part of one. */
  frame: number;
  /** The highest record number that arrived. */
  through: number;
  isRemoved: boolean;
  /** By the document's own connection numbers. */
  readonly connections: Map<number, Counted>;
  /** Record number → row, of messages whose bytes are still to come. */
  readonly pending: Map<number, number>;
  /** Totals of connections that the session does not know yet. */
  readonly evicted: Map<number, MessagesEvicted>;
}

export function createStream(hello: Hello): Stream {
  return {
    hello,
    relay: undefined,
    frame: 0,
    through: 0,
    isRemoved: false,
    connections: new Map(),
    pending: new Map(),
    evicted: new Map(),
  };
}

/** The document starts from its beginning in the next session. */
export function forget(stream: Stream): void {
  stream.frame = 0;
  stream.through = 0;
  stream.isRemoved = false;
  stream.connections.clear();
  stream.pending.clear();
  stream.evicted.clear();
}
