import type { Direction } from '../../../src/core/facts.ts';

/** What a connection is on the wire, whichever API the page used for it. */
export type WireKind = 'websocket' | 'event-stream' | 'exchange';

/** A message as it went over the wire; the direction is the page's. */
export interface WireMessage {
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
  isOver: boolean;
  /** Exchanges: they were answered, whole or not. */
  isAnswered: boolean;
}

/** Everything that went over the wire in one run, in order: what the panel's session is held against. */
export interface WireLog {
  readonly connections: readonly WireConnection[];
  begin: (kind: WireKind, target: string) => WireConnection;
}

export function createWireLog(): WireLog {
  const connections: WireConnection[] = [];
  return {
    connections,
    begin: (kind, target) => {
      const connection: WireConnection = {
        kind,
        target,
        messages: [],
        isOver: false,
        isAnswered: false,
      };
      connections.push(connection);
      return connection;
    },
  };
}
