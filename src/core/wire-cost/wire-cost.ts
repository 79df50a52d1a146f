import type { Graded } from '../measures/measures.ts';
import type { Bytes, Milliseconds } from '../units.ts';

/** The ways of carrying that a web page can choose from. */
export const CARRIERS = [
  'websocket',
  'eventsource',
  'fetch-stream',
  'long-polling',
  'polling',
] as const;
export type Carrier = (typeof CARRIERS)[number];

export const HTTP_VERSIONS = ['http/1.1', 'h2', 'h3'] as const;
export type HttpVersion = (typeof HTTP_VERSIONS)[number];

/**
 * Bytes on the wire for a channel's traffic, both directions, above TLS: without the records of TLS, without TCP, UDP and IP,
 * which a page cannot see and which are nearly the same for all.
 */
export interface WireCost {
  readonly carrier: Carrier;
  readonly http: HttpVersion;
  /** As this carrier puts it: after base64, escapes and compression. */
  readonly payload: Graded;
  /** Frames (RFC 6455 section 5.2), fields of the event stream, chunk sizes (RFC 9112 section 7.1), HTTP/2 frame headers (RFC 9113 section 4.1). */
  readonly framing: Graded;
  /** Of requests, responses and opening handshakes; after HPACK or QPACK where those apply. */
  readonly headers: Graded;
  readonly total: Bytes;
  /** By direction: what the page sends, what it receives. */
  readonly sent: Bytes;
  readonly received: Bytes;
  readonly requests: number;
}

/** What a user may set of the carrier that is asked about; what is left out is as the recorded channel had it. */
export interface CarryOptions {
  readonly http?: HttpVersion;
  /** Polling: from one request to the next. */
  readonly interval?: Milliseconds;
  /** Long polling: from an answer to the next request. */
  readonly roundTrip?: Milliseconds;
  /** The headers of a request and of a response in HTTP/1.1, with their first lines. */
  readonly requestHeaders?: Bytes;
  readonly responseHeaders?: Bytes;
  readonly isCompressed?: boolean;
}
