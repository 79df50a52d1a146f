import { createNumberColumn, type NumberColumn } from './column.ts';
import { createDensity, type Density } from './density.ts';
import { endpointOf } from './endpoint.ts';
import { emptyTally } from './tally.ts';
import type {
  ConnectionCreated,
  DirectionTally,
  EndedBy,
  MessageFact,
  Source,
  Transport,
} from './facts.ts';
import type { Bytes, Milliseconds } from './units.ts';

/**
 * The life of one try on the network:
 * `connecting` → `open` → (`closing` →) `closed`, or `connecting` → `failed`.
 */
export type ConnectionState = 'connecting' | 'open' | 'closing' | 'closed' | 'failed';

/** Why a connection belongs to its channel, and whether we saw that or concluded it. */
export interface Link {
  basis: 'observed' | 'inferred';
  evidence: string[];
}

/** One try on the network. */
export interface Connection {
  readonly id: number;
  readonly channel: number;
  readonly frame: number;
  readonly transport: Transport;
  readonly url: string;
  readonly source: Source;
  readonly createdAt: Milliseconds;
  readonly requestedSubprotocols: readonly string[];
  readonly withCredentials: boolean;
  readonly initiator: string | undefined;
  readonly link: Link | undefined;
  readonly early: boolean;
  state: ConnectionState;
  openedAt?: Milliseconds;
  closingAt?: Milliseconds;
  endedAt?: Milliseconds;
  endedBy?: EndedBy;
  closeCode?: number;
  closeReason?: string;
  wasClean?: boolean;
  subprotocol?: string;
  extensions?: string;
  errors: number;
  tally: DirectionTally;
}

/** What the app thinks of as one connection: an endpoint and the chain of connections that served it. */
export interface Channel {
  readonly id: number;
  readonly transport: Transport;
  readonly endpoint: string;
  readonly frame: number;
  readonly connections: Connection[];
  /** Rows of the message store, oldest first. */
  readonly rows: NumberColumn;
  readonly density: Density;
  /** Exact: what is kept and what was dropped together. */
  readonly tally: DirectionTally;
  /** Counted, but not kept. */
  readonly dropped: DirectionTally;
  /** Given to `send()` too late, and never sent. */
  discarded: number;
  readonly dataTypes: { text: number; binary: number };
  readonly eventTypes: Map<string, number>;
  readonly sizes: { smallest: Bytes; largest: Bytes };
  firstMessageAt: Milliseconds | undefined;
  lastMessageAt: Milliseconds | undefined;
}

export function createChannel(id: number, first: ConnectionCreated): Channel {
  return {
    id,
    transport: first.transport,
    endpoint: endpointOf(first.url),
    frame: first.frame,
    connections: [],
    rows: createNumberColumn(Uint32Array),
    density: createDensity(),
    tally: emptyTally(),
    dropped: emptyTally(),
    discarded: 0,
    dataTypes: { text: 0, binary: 0 },
    eventTypes: new Map(),
    sizes: { smallest: 0, largest: 0 },
    firstMessageAt: undefined,
    lastMessageAt: undefined,
  };
}

export function createConnection(fact: ConnectionCreated, channel: number): Connection {
  return {
    id: fact.connection,
    channel,
    frame: fact.frame,
    transport: fact.transport,
    url: fact.url,
    source: fact.source,
    createdAt: fact.at,
    requestedSubprotocols: fact.requestedSubprotocols ?? [],
    withCredentials: fact.withCredentials ?? false,
    initiator: fact.initiator,
    link:
      fact.continues === undefined
        ? undefined
        : { basis: 'observed', evidence: ['the same EventSource object'] },
    early: fact.early === true,
    state: 'connecting',
    errors: 0,
    tally: emptyTally(),
  };
}

/** Counts a kept message into its channel; the same small work at any size. */
export function countMessage(
  channel: Channel,
  connection: Connection,
  message: MessageFact,
  row: number,
): void {
  const { at, direction, byteLength } = message;
  channel.rows.push(row);
  channel.density.add(at, direction, byteLength);
  channel.firstMessageAt = Math.min(channel.firstMessageAt ?? at, at);
  channel.lastMessageAt = Math.max(channel.lastMessageAt ?? at, at);
  if (message.discarded === true) {
    channel.discarded += 1;
    return;
  }
  for (const tally of [channel.tally[direction], connection.tally[direction]]) {
    tally.messages += 1;
    tally.bytes += byteLength;
  }
  channel.dataTypes[message.dataType === 'string' ? 'text' : 'binary'] += 1;
  if (message.eventType !== undefined) {
    const seen = channel.eventTypes.get(message.eventType) ?? 0;
    channel.eventTypes.set(message.eventType, seen + 1);
  }
  const { sizes, dataTypes } = channel;
  const isFirst = dataTypes.text + dataTypes.binary === 1;
  sizes.smallest = isFirst ? byteLength : Math.min(sizes.smallest, byteLength);
  sizes.largest = Math.max(sizes.largest, byteLength);
}
