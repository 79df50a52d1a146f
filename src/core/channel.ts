import { createNumberColumn, type NumberColumn } from './column.ts';
import { createDensity, type Density } from './density.ts';
import { endpointOf } from './endpoint.ts';
import { emptyTally } from './tally.ts';
import type {
  ConnectionCreated,
  DirectionTally,
  EndedBy,
  EventStreamNoted,
  HandshakeLogged,
  Headers,
  Link,
  MessageFact,
  SendBufferGrew,
  Source,
  StreamOddity,
  Transport,
} from './facts.ts';
import type { Bytes, Milliseconds } from './units.ts';

/**
 * The life of one try on the network:
 * `connecting` → `open` → (`closing` →) `closed`, or `connecting` → `failed`.
 */
export type ConnectionState = 'connecting' | 'open' | 'closing' | 'closed' | 'failed';

/** One try on the network. */
export interface Connection {
  readonly id: number;
  /** The number of its channel; what is learned later, or the user, may put it into another one. */
  channel: number;
  readonly frame: number;
  readonly transport: Transport;
  readonly url: string;
  readonly source: Source;
  readonly createdAt: Milliseconds;
  readonly requestedSubprotocols: readonly string[];
  readonly withCredentials: boolean;
  readonly initiator: string | undefined;
  /** Why it belongs to its channel; absent on the first. */
  link: Link | undefined;
  readonly early: boolean;
  /** Requests: the HTTP method, as the page gave it. */
  readonly method: string | undefined;
  /** Requests: the headers that the page gave. */
  readonly requestHeaders: Headers | undefined;
  state: ConnectionState;
  openedAt?: Milliseconds;
  closingAt?: Milliseconds;
  endedAt?: Milliseconds;
  endedBy?: EndedBy;
  closeCode?: number;
  closeReason?: string;
  wasClean?: boolean;
  /** A drill brought its end about, or refused it. */
  drilled?: 'drop' | 'close' | 'refused';
  subprotocol?: string;
  extensions?: string;
  /** The HTTP status: told by the page, else by the network log. */
  status?: number;
  /** Those that the page may read. */
  responseHeaders?: Headers;
  /** What DevTools' network log told last; it knows headers that the page does not. */
  handshake?: HandshakeLogged;
  errors: number;
  /** Event streams: how many comments came. */
  comments: number;
  lastComment?: string;
  /** Event streams: the last that the server set. */
  reconnectionTime?: Milliseconds;
  /** Event streams: what was odd in the raw text, the first ones. */
  readonly oddities: NotedOddity[];
  /** How much waited to be sent, each time that it had doubled; the first ones. */
  readonly sendBuffer: { readonly at: Milliseconds; readonly bufferedAmount: Bytes }[];
  /** What the page sent first, without what changes from try to try; not known where that was dropped. */
  opening?: string;
  /** Exact: what is kept and what was dropped together. */
  readonly tally: DirectionTally;
  /** Counted, but not kept. */
  readonly dropped: DirectionTally;
}

export interface NotedOddity {
  readonly oddity: StreamOddity;
  readonly line: string;
  readonly at: Milliseconds;
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
  /** Connections that never opened though the page wanted them, or were answered with an error. */
  failedTries: number;
  readonly dataTypes: { text: number; binary: number };
  readonly eventTypes: Map<string, number>;
  readonly sizes: { smallest: Bytes; largest: Bytes };
  /** The user says that it is no channel: it was concluded from requests, and wrongly. */
  isSetAside: boolean;
  firstMessageAt: Milliseconds | undefined;
  lastMessageAt: Milliseconds | undefined;
}

export function createChannel(id: number, first: Connection): Channel {
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
    failedTries: 0,
    dataTypes: { text: 0, binary: 0 },
    eventTypes: new Map(),
    sizes: { smallest: 0, largest: 0 },
    isSetAside: false,
    firstMessageAt: undefined,
    lastMessageAt: undefined,
  };
}

/** Its channel is still to be found. */
export function createConnection(fact: ConnectionCreated): Connection {
  return {
    id: fact.connection,
    channel: 0,
    frame: fact.frame,
    transport: fact.transport,
    url: fact.url,
    source: fact.source,
    createdAt: fact.at,
    requestedSubprotocols: fact.requestedSubprotocols ?? [],
    withCredentials: fact.withCredentials ?? false,
    initiator: fact.initiator,
    link: fact.link ?? (fact.continues === undefined ? undefined : sameObject()),
    early: fact.early === true,
    method: fact.method,
    requestHeaders: fact.requestHeaders,
    state: 'connecting',
    errors: 0,
    comments: 0,
    oddities: [],
    sendBuffer: [],
    tally: emptyTally(),
    dropped: emptyTally(),
  };
}

/** What a tap sees when the browser itself reconnects an EventSource. */
function sameObject(): Link {
  return { basis: 'observed', evidence: ['the same EventSource object'] };
}

/** HTTP: a client's or a server's error (RFC 9110 section 15). */
const FIRST_ERROR = 400;

/** The server answered with an error. */
export function isErrorStatus(status: number | undefined): status is number {
  return status !== undefined && status >= FIRST_ERROR;
}

/** A try that came to nothing, and that neither the page nor a navigation ended. */
export function isFailedTry({ state, status, endedBy }: Connection): boolean {
  if (endedBy === 'page' || endedBy === 'navigation') return false;
  return state === 'failed' || isErrorStatus(status);
}

/** The browser's own: it counts from the loss, so the wait before it is in the time that it took to open. */
export function isBrowserReconnect({ transport, link }: Connection): boolean {
  return transport === 'eventsource' && link?.basis === 'observed';
}

/** The network log tells of a connection more than once: fields of a later report win. */
export function noteHandshake(connection: Connection, fact: HandshakeLogged): void {
  connection.handshake = { ...connection.handshake, ...fact };
  if (fact.status !== undefined) connection.status ??= fact.status;
}

/** More of the same tells nothing new. */
const MOST_ODDITIES = 50;

export function noteOddity(
  { oddities }: Connection,
  { oddity, line = '', at }: EventStreamNoted,
): void {
  if (oddity !== undefined && oddities.length < MOST_ODDITIES) oddities.push({ oddity, line, at });
}

/** It doubles with each one, so a page tells far fewer. */
const MOST_BUFFERED = 50;

export function noteSendBuffer(
  { sendBuffer }: Connection,
  { at, bufferedAmount }: SendBufferGrew,
): void {
  if (sendBuffer.length < MOST_BUFFERED) sendBuffer.push({ at, bufferedAmount });
}

/** Counts a kept message into its channel; the same small work at any size. */
export function countMessage(channel: Channel, message: MessageFact, row: number): void {
  const { at, direction, byteLength } = message;
  channel.rows.push(row);
  channel.density.add(at, direction, byteLength);
  channel.firstMessageAt = Math.min(channel.firstMessageAt ?? at, at);
  channel.lastMessageAt = Math.max(channel.lastMessageAt ?? at, at);
  if (message.discarded === true) {
    channel.discarded += 1;
    return;
  }
  channel.tally[direction].messages += 1;
  channel.tally[direction].bytes += byteLength;
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
