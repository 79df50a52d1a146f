import type { IncomingMessage } from 'node:http';
import type { Direction } from '../../../src/core/facts.ts';
import type { EpochMilliseconds } from '../../../src/core/units.ts';

/** What a connection is on the wire, whichever API the page used for it. */
export type WireKind = 'websocket' | 'event-stream' | 'exchange';

/** A message as it went over the wire; the direction is the page's. */
export interface WireMessage {
  readonly at?: EpochMilliseconds;
  readonly direction: Direction;
  /** Text, or the bytes of a binary message. */
  readonly payload: string | Uint8Array;
  /** Event streams only. */
  readonly eventType?: string;
  readonly lastEventId?: string;
}

export interface WireConnection {
  readonly kind: WireKind;
  /** Path and query. */
  readonly target: string;
  readonly messages: WireMessage[];
  /** The server heard of it. */
  readonly beganAt: EpochMilliseconds;
  /** The last event ID that the page asked to go on from. */
  readonly lastEventId: string | undefined;
  /** Its TCP connection is over. */
  endedAt?: EpochMilliseconds;
  isOver: boolean;
  /** Exchanges: they were answered, whole or not. */
  isAnswered: boolean;
}

/** How a try is turned away: by an HTTP answer that is none of what was asked for, or without one. */
export const REFUSALS = ['204', '401', '500', '503', 'wrong type', 'reset'] as const;
export type RefusalKind = (typeof REFUSALS)[number];

/** A try that never reached the library's server. */
export interface Refusal {
  readonly at: EpochMilliseconds;
  readonly kind: WireKind;
  readonly target: string;
  readonly how: RefusalKind;
}

/** Everything that went over the wire in one run, in order: what the panel's session is held against. */
export interface WireLog {
  readonly connections: readonly WireConnection[];
  readonly refusals: readonly Refusal[];
  begin: (kind: WireKind, request: IncomingMessage) => WireConnection;
  refuse: (kind: WireKind, request: IncomingMessage, how: RefusalKind) => void;
}

export function createWireLog(): WireLog {
  const connections: WireConnection[] = [];
  const refusals: Refusal[] = [];
  return {
    connections,
    refusals,
    begin: (kind, { url: target = '', headers }) => {
      const connection: WireConnection = {
        kind,
        target,
        messages: [],
        beganAt: wallTime(),
        lastEventId: headers['last-event-id']?.toString(),
        isOver: false,
        isAnswered: false,
      };
      connections.push(connection);
      return connection;
    },
    refuse: (kind, { url: target = '' }, how) => {
      refusals.push({ at: wallTime(), kind, target, how });
    },
  };
}

/** Finer than \`Date.now()\`, on the same clock. */
export function wallTime(): EpochMilliseconds {
  return performance.timeOrigin + performance.now();
}
