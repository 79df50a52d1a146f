import type {
  ConnectionClosing,
  ConnectionCreated,
  ConnectionEnded,
  ConnectionErrored,
  ConnectionOpened,
  ConstructorReplaced,
  DirectionTally,
  MessageFact,
  OnlineChanged,
  Payload,
  PayloadState,
  SendBufferGrew,
  VisibilityChanged,
} from '../core/facts.ts';
import type { DrillFact } from '../core/drill/drill-facts.ts';
import type { Milliseconds } from '../core/units.ts';

export { CONSTRUCTORS } from '../core/facts.ts';

/** What a tap can tell of the API that the page used; what requests amount to is concluded later. */
export const TAP_TRANSPORTS = [
  'websocket',
  'eventsource',
  'fetch',
  'xhr',
  'datachannel',
  'webtransport',
] as const;
export type TapTransport = (typeof TAP_TRANSPORTS)[number];

/**
 * The page made a connection, or a request.
 *
 * A request (`fetch`, `xhr`) goes on with the facts of a connection: `connection-opened` when its response begins, a
 * `message` sent for its body, one message received for each piece of the response's body as the page got it (bytes,
 * or text from XMLHttpRequest), `connection-ended` by the server at the end of the body, by the page when it
 * aborted or cancelled, by the network otherwise. Payloads of its messages are never `pending`.
 */
export interface TapConnectionCreated extends Omit<
  ConnectionCreated,
  'frame' | 'source' | 'transport' | 'link' | 'early'
> {
  transport: TapTransport;
}

/** The bytes of a Blob, read after its message was recorded. */
export interface PayloadArrived {
  kind: 'payload-arrived';
  at: Milliseconds;
  /** The number of the record that holds the message. */
  message: number;
  payload: Payload | null;
  payloadState: PayloadState;
}

/**
 * All messages of a connection that the tap had to let go since the connection began.
 * Absolute totals, so that hearing it twice changes nothing; they stand beside a batch, without a number.
 */
export interface MessagesEvicted extends DirectionTally {
  at: Milliseconds;
  connection: number;
  /** The bounded history while nobody watched, or the bounded send buffer while somebody did. */
  where: 'history' | 'buffer';
}

/**
 * Connections that ended long ago, with all their messages, which the tap let go; in the place of their last end.
 * Who has the records up to this number knows them.
 */
export interface ConnectionsEvicted extends DirectionTally {
  kind: 'connections-evicted';
  at: Milliseconds;
  /** The tallies are theirs. */
  connections: number;
  /** Requests; nobody can tell any more whether they were part of a stream or of polling. */
  requests: number;
}

/** The document is going away (HTML, `pagehide`). */
export interface PageLeft {
  kind: 'page-left';
  at: Milliseconds;
}

/** What a document tells of itself once it has a connection; what it was by then only where it is not as usual. */
export type DocumentChanged = Omit<VisibilityChanged, 'frame'> | Omit<OnlineChanged, 'frame'>;

/** The page has its own in the place of a constructor. */
export type TapConstructorReplaced = Omit<ConstructorReplaced, 'frame'>;

/** Something of ours failed; the page did not notice. */
export interface TapFailure {
  kind: 'tap-failed';
  at: Milliseconds;
  message: string;
}

/**
 * What a tap records. Connections are counted from 1 in each document, and `at` is the document's own
 * monotonic clock (High Resolution Time, `performance.now()`); the intake makes session facts of it.
 */
export type TapFact =
  | TapConnectionCreated
  | ConnectionOpened
  | ConnectionClosing
  | SendBufferGrew
  | ConnectionErrored
  | ConnectionEnded
  | MessageFact
  | PayloadArrived
  | ConnectionsEvicted
  | DocumentChanged
  | DrillFact
  | PageLeft
  | TapConstructorReplaced
  | TapFailure;

/** A fact with its number in the document's order, counted from 1. */
export interface TapRecord {
  n: number;
  fact: TapFact;
}
