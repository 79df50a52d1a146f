import type { DirectionTally } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { Distribution } from './distribution.ts';
import type { TimeUnit } from './server-time.ts';

/**
 * How a number was obtained:
 * - `measured`: counted on the recorded traffic, or compressed from its real payloads
 * - `computed`: follows from what was measured by the rules of a specification, to the byte
 * - `estimated`: rests on an assumption that is named with it
 */
export const GRADES = ['measured', 'computed', 'estimated'] as const;
export type Grade = (typeof GRADES)[number];

/** A number with how it was obtained. */
export interface Graded {
  readonly value: number;
  readonly grade: Grade;
  /** In a sentence: what was counted, by which formula, under which assumption. */
  readonly how: string;
}

/** Who really talks, heartbeats and subscription chatter set aside. */
export const DIRECTIONS_USED = [
  'received-only',
  'sent-only',
  'request-answer',
  'two-way',
  /** Nothing but heartbeats and chatter, or nothing at all. */
  'none',
] as const;
export type DirectionUsed = (typeof DIRECTIONS_USED)[number];

export interface DirectionMeasures {
  readonly used: DirectionUsed;
  /** Why, in a sentence with numbers. */
  readonly why: string;
  /** All messages are one of these three. */
  readonly app: DirectionTally;
  readonly heartbeats: DirectionTally;
  /** Subscriptions, acknowledgements and what else the protocol says for itself. */
  readonly chatter: DirectionTally;
  /** Of an event stream: POSTs to the same origin after which it spoke. */
  readonly backChannel?: BackChannel;
}

/** Requests beside an event stream that carry what the stream cannot: from the page to the server. */
export interface BackChannel {
  readonly requests: number;
  readonly bytes: Bytes;
  /** Requests after which the stream spoke within `within`. */
  readonly answered: number;
  /** Answered ones by all events of the stream, 0 to 1. */
  readonly shareOfEvents: number;
  readonly within: Milliseconds;
  /** Numbers of the connections that carried them, the first ones, as far as they are connections of the session. */
  readonly connections: readonly number[];
  /** The events that came after one, the first ones. */
  readonly rows: readonly number[];
}

export interface TimeMeasures {
  /** From the constructor to open, of each connection that opened; without the browser's own reconnects, which wait first. */
  readonly connect: Distribution | undefined;
  /** Medians of the phases that the network log tells (HAR 1.2 `timings`). */
  readonly phases: Readonly<Partial<Record<'dns' | 'connect' | 'ssl' | 'wait', Milliseconds>>>;
  /** From the constructor to the first message received, of the same connections. */
  readonly firstMessage: Distribution | undefined;
  /** Between messages of the app that were received one after the other on one connection. */
  readonly gaps: Distribution | undefined;
  /** Mean distance between a gap and the one before it. */
  readonly jitter: Milliseconds | undefined;
  /** Stretches in which messages came much denser than usual. */
  readonly bursts: { readonly count: number; readonly largest: number };
  /** Gaps so much longer than usual that somebody waited. */
  readonly stalls: {
    readonly count: number;
    readonly longest: Milliseconds;
    /** The rows after them, the longest first. */
    readonly rows: readonly number[];
  };
  /** From a request to its answer. */
  readonly pairs: Distribution | undefined;
  readonly delivery: DeliveryDelay | undefined;
  /** Messages of the app in one second of open time; of polling, in one second from the first request to the last. */
  readonly messagesPerSecond: number | undefined;
  /** From the loss of a connection to the first message after it. */
  readonly recovery: Distribution | undefined;
}

/**
 * How much later messages came than the server says it sent them. The clocks of server and page are apart by nobody knows
 * what: the fastest message counts as one that took no time, so these are delays beyond the fastest.
 */
export interface DeliveryDelay {
  /** Where the server's time stands: the path of a JSON field. */
  readonly field: string;
  /** How it tells the time; no delay is known finer than that. */
  readonly unit: TimeUnit;
  /** Of the server's clock, as far as it can be known. */
  readonly offset: Graded;
  readonly delays: Distribution;
}

/** What it costs browser and server to hold. */
export interface LoadMeasures {
  /** Connections or requests that were opened. */
  readonly connections: number;
  /** The most at the same time. */
  readonly held: number;
  /** Of six that a browser allows to one host over HTTP/1.1: the most that event streams and held requests took. */
  readonly http1Slots: number;
  readonly reconnectsPerHour: number | undefined;
  /** Share of open time in which nothing was said for longer than a second, 0 to 1. */
  readonly idleShare: number | undefined;
  readonly openTime: Milliseconds;
}

/** What is measured of one channel, of a group, or of a whole session. */
export interface Measures {
  readonly direction: DirectionMeasures;
  readonly time: TimeMeasures;
  readonly load: LoadMeasures;
}
