import type { Bytes, Milliseconds } from '../units.ts';

/**
 * A request that changes something (not GET, HEAD or OPTIONS), made while a stream from the same host was open in the
 * document, and part of no channel: the way back of an app that streams. Nothing of what it said is kept.
 */
export interface RequestNoted {
  kind: 'request-noted';
  frame: number;
  /** When it began; it is told at its end. */
  at: Milliseconds;
  method: string;
  /** Scheme, host and port. */
  origin: string;
  /** Of its body. */
  byteLength: Bytes;
}
