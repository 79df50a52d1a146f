import type { DrillFact } from './drill/drill-facts.ts';
import type { RequestNoted } from './http/request-noted.ts';
import type { Bytes, EpochMilliseconds, Milliseconds } from './units.ts';

/**
 * How the page talks: the API that it used, not the protocol beneath.
 * `polling` is what repeated requests to one endpoint amount to, over `fetch` or XMLHttpRequest.
 */
export const TRANSPORTS = [
  'websocket',
  'eventsource',
  'fetch-stream',
  'xhr-stream',
  'polling',
  'webtransport',
  'datachannel',
] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Where the code runs that talks. */
export const FRAME_KINDS = [
  'top',
  'iframe',
  'popup',
  'worker',
  'shared-worker',
  'service-worker',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** Seen from the page: what it sent, what it received. */
export type Direction = 'sent' | 'received';

/** How the page holds the data of a message (WHATWG WebSockets, `send()` and `binaryType`). */
export const DATA_TYPES = ['string', 'blob', 'arraybuffer', 'view'] as const;
export type DataType = (typeof DATA_TYPES)[number];

/** Who told us: a tap in the page, or DevTools' own network log. */
export const SOURCES = ['page', 'network-log'] as const;
export type Source = (typeof SOURCES)[number];

/** Header names and values in their order, as whoever told us spells them. */
export type Headers = [name: string, value: string][];

/** Who says that a connection belongs to its channel: we saw it, concluded it, or the user said so. */
export const LINK_BASES = ['observed', 'inferred', 'user'] as const;
export type LinkBasis = (typeof LINK_BASES)[number];

/** Why a connection belongs to its channel. */
export interface Link {
  basis: LinkBasis;
  evidence: string[];
  /** Inferred, and others fit nearly as well: several connections to one endpoint were lost together. */
  isUncertain?: true;
}

/** Who ended a connection. `unknown` where the page cannot tell a refusal from a broken network. */
export const ENDED_BY = ['page', 'server', 'network', 'navigation', 'unknown'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/**
 * Why a payload is not here, or not whole:
 * - `pending`: the bytes of a Blob are still being read
 * - `evicted`: the page's bounded history let it go before a panel came
 * - `cut`: longer than the payload limit, or its body broke off; what is here is its beginning
 * - `unreadable`: the browser refused to hand the bytes over
 */
export const PAYLOAD_STATES = ['whole', 'pending', 'evicted', 'cut', 'unreadable'] as const;
export type PayloadState = (typeof PAYLOAD_STATES)[number];

export type Payload = string | Uint8Array;

/** Messages and payload bytes, before compression; text counts as UTF-8. */
export interface Tally {
  messages: number;
  bytes: Bytes;
}

/** One tally for each direction. */
export type DirectionTally = Record<Direction, Tally>;

/** A document joined the session. `at` is the creation of its time origin. */
export interface FrameAdded {
  kind: 'frame-added';
  frame: number;
  at: Milliseconds;
  url: string;
  frameKind: FrameKind;
}

/** A document went away: the user navigated, the frame was removed, or its process ended. */
export interface FrameRemoved {
  kind: 'frame-removed';
  frame: number;
  at: Milliseconds;
}

/** `new WebSocket(…)`, `new EventSource(…)`, the browser's own reconnect of an EventSource, or a request. */
export interface ConnectionCreated {
  kind: 'connection-created';
  connection: number;
  frame: number;
  at: Milliseconds;
  transport: Transport;
  /** The URL as the native object tells it: absolute, without fragment. */
  url: string;
  source: Source;
  requestedSubprotocols?: string[];
  withCredentials?: boolean;
  /** Requests: the HTTP method. */
  method?: string;
  /** Requests: the headers that the page gave. */
  requestHeaders?: Headers;
  /** The raw stack text at the constructor call, as the JavaScript engine wrote it. */
  initiator?: string;
  /** An earlier connection of the channel that this one belongs to. */
  continues?: number;
  /** Why it belongs there; absent where the same EventSource object tries again. */
  link?: Link;
  /** It happened before a panel watched, and came from the page's history. */
  early?: true;
}

/** The opening handshake succeeded (RFC 6455 section 4.1; HTML, "announce the connection"), or a response began. */
export interface ConnectionOpened {
  kind: 'connection-opened';
  connection: number;
  at: Milliseconds;
  subprotocol?: string;
  extensions?: string;
  /** Requests: the HTTP status. */
  status?: number;
  /** Requests: the headers that the page may read. */
  responseHeaders?: Headers;
}

/** What DevTools' network log knows of a connection's handshake or request, and the page does not. */
export interface HandshakeLogged {
  kind: 'handshake-logged';
  connection: number;
  at: Milliseconds;
  requestHeaders?: Headers;
  responseHeaders?: Headers;
  status?: number;
  /** As HAR spells it in lower case: `http/1.1`, `h2`, `h3`. */
  httpVersion?: string;
  /** The server's address, as `127.0.0.1:8080` or without its port. */
  remoteAddress?: string;
  /** HAR 1.2 `timings`, those that apply. */
  timings?: Partial<Record<LoggedPhase, Milliseconds>>;
}

/** The phases of HAR 1.2 `timings`. */
export const LOGGED_PHASES = [
  'blocked',
  'dns',
  'connect',
  'ssl',
  'send',
  'wait',
  'receive',
] as const;
export type LoggedPhase = (typeof LOGGED_PHASES)[number];

/**
 * What an event stream holds that a client ignores, or takes for something else (HTML, “Interpreting an event stream”):
 * - `byte-order-mark`: one before a line; only the very first of a stream is taken away
 * - `bad-retry`: a reconnection time that is no number
 * - `nul-in-id`: an event ID with U+0000
 * - `unfinished-event`: the server ended the stream within an event, which is never dispatched
 */
export const STREAM_ODDITIES = [
  'byte-order-mark',
  'bad-retry',
  'nul-in-id',
  'unfinished-event',
] as const;
export type StreamOddity = (typeof STREAM_ODDITIES)[number];

/** What an event stream carries beside its events (HTML, “Parsing an event stream”). */
export interface EventStreamNoted {
  kind: 'event-stream-noted';
  connection: number;
  at: Milliseconds;
  /** A line that began with a colon, without it. */
  comment?: string;
  /** `retry:`: how long a client waits before it tries again. */
  reconnectionTime?: Milliseconds;
  /** Seen in the raw text only: of an EventSource nobody hands it over. */
  oddity?: StreamOddity;
  /** The beginning of the line that is odd. */
  line?: string;
}

/** The page called `close()`: the closing handshake begins (RFC 6455 section 7.1.2). */
export interface ConnectionClosing {
  kind: 'connection-closing';
  connection: number;
  at: Milliseconds;
  closeCode?: number;
  closeReason?: string;
}

/**
 * More waits to be sent than ever before on this connection (WHATWG WebSockets, `bufferedAmount`): at least 64 KiB, and twice as much as
 * was told last. Looked at before the page sends, at most once a second, so what is told did not leave at once.
 */
export interface SendBufferGrew {
  kind: 'send-buffer-grew';
  connection: number;
  at: Milliseconds;
  bufferedAmount: Bytes;
}

/** An `error` event that the browser fired at the connection's object. */
export interface ConnectionErrored {
  kind: 'connection-errored';
  connection: number;
  at: Milliseconds;
}

/** The connection is over. It `failed` when it had never opened. */
export interface ConnectionEnded {
  kind: 'connection-ended';
  connection: number;
  at: Milliseconds;
  endedBy: EndedBy;
  closeCode?: number;
  closeReason?: string;
  wasClean?: boolean;
}

/** One unit that the page sent or received through the API. */
export interface MessageFact {
  kind: 'message';
  connection: number;
  at: Milliseconds;
  direction: Direction;
  dataType: DataType;
  /** The true length, also where the payload is cut or gone. */
  byteLength: Bytes;
  payload: Payload | null;
  payloadState: PayloadState;
  /** Event streams: the event type (HTML, "dispatch the event"). WebTransport: `datagram`, or `stream 1` … */
  eventType?: string;
  /** Event streams: the last event ID when this event was dispatched. */
  lastEventId?: string;
  /** Newline-delimited bodies: no line break followed, for the body ended there. */
  unterminated?: true;
  /** Who told us, where it was not a tap. */
  source?: 'network-log';
  /** It happened before a panel watched, and came from the page's history. */
  early?: true;
  /** Given to `send()` when the connection was already closing: it never left. */
  discarded?: true;
}

/** Messages that this session will never show, counted exactly. */
export interface MessagesDropped {
  kind: 'messages-dropped';
  connection: number;
  at: Milliseconds;
  sent: Tally;
  received: Tally;
  /** The page's bounded history before a panel came, or its send buffer while one watched. */
  where: 'history' | 'buffer';
}

/** Connections that ended before a panel came, and that the page's bounded history no longer knows. */
export interface ConnectionsDropped extends DirectionTally {
  kind: 'connections-dropped';
  frame: number;
  at: Milliseconds;
  /** The tallies are theirs. */
  connections: number;
  /** Requests; nobody can tell any more whether they were part of a stream or of polling. */
  requests: number;
}

/** The user says that a channel which we concluded from requests is none, or takes that back. */
export interface ChannelSetAside {
  kind: 'channel-set-aside';
  /** The channel's first connection. */
  connection: number;
  at: Milliseconds;
  isSetAside: boolean;
}

/** What a user can say of a connection's place. */
export const LINK_DECISIONS = ['continues', 'begins', 'withdrawn'] as const;
export type LinkDecision = (typeof LINK_DECISIONS)[number];

/** The user says to which channel a connection belongs; the last word counts. */
export interface LinkDecided {
  kind: 'link-decided';
  connection: number;
  at: Milliseconds;
  /**
   * It `continues` the channel of another one, or `begins` a channel; `withdrawn`: as was seen or concluded.
   * What was chained after it goes with it.
   */
  decision: LinkDecision;
  /** The one that it continues; one of the same transport, known before it. */
  before?: number;
}

/** A failure of ours in the page, caught before the page could see it. */
export interface TapFailed {
  kind: 'tap-failed';
  frame: number;
  at: Milliseconds;
  message: string;
}

/**
 * A document was hidden or shown (HTML, “page visibility”). Told from the document's first connection on; until then, and
 * where nobody told, a document counts as shown.
 */
export interface VisibilityChanged {
  kind: 'visibility-changed';
  frame: number;
  at: Milliseconds;
  isHidden: boolean;
}

/** The browser lost its network or has it again, as it tells the document (HTML, `navigator.onLine`); told like visibility. */
export interface OnlineChanged {
  kind: 'online-changed';
  frame: number;
  at: Milliseconds;
  isOnline: boolean;
}

/** Constructors in whose place it is noticed when a page has its own. */
export const CONSTRUCTORS = [
  'WebSocket',
  'EventSource',
  'RTCPeerConnection',
  'WebTransport',
] as const;
export type ConstructorName = (typeof CONSTRUCTORS)[number];

/** What they make. */
export const TRANSPORT_OF: Readonly<Record<ConstructorName, Transport>> = {
  WebSocket: 'websocket',
  EventSource: 'eventsource',
  RTCPeerConnection: 'datachannel',
  WebTransport: 'webtransport',
};

/**
 * A page has its own in the place of a constructor that the tap watches. Looked for when a panel comes and with each batch;
 * not told of one whose connections are seen to be made with the browser's.
 */
export interface ConstructorReplaced {
  kind: 'constructor-replaced';
  frame: number;
  at: Milliseconds;
  name: ConstructorName;
}

/** Everything that a session is made of; a session is the fold of its facts. */
export type Fact =
  | FrameAdded
  | FrameRemoved
  | ConnectionCreated
  | ConnectionOpened
  | HandshakeLogged
  | EventStreamNoted
  | ConnectionClosing
  | SendBufferGrew
  | ConnectionErrored
  | ConnectionEnded
  | MessageFact
  | MessagesDropped
  | ConnectionsDropped
  | ChannelSetAside
  | LinkDecided
  | VisibilityChanged
  | OnlineChanged
  | DrillFact
  | ConstructorReplaced
  | RequestNoted
  | TapFailed;

/** A fact about the life of frames and connections: everything but a message. */
export type LifeFact = Exclude<Fact, MessageFact>;

/** What is true of a whole session. */
export interface SessionHeader {
  /** The URL of the inspected page when the session began. */
  url: string;
  /** The session's time origin on the wall clock; every `at` counts from here. */
  startedAt: EpochMilliseconds;
  /** The browser that recorded, as `Chromium 156.0`; absent where an imported trace does not say. */
  browser?: string;
}
