import type { EventStreamNoted, MessageFact, Payload, PayloadState } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';

/** A longer line, event or frame is cut: a body without an end must not grow in memory. */
export const LONGEST_MESSAGE = 16 * 1024 * 1024;

/** What a body amounts to. */
export type EmitRead = (fact: MessageFact | EventStreamNoted) => void;

/** A piece of a body, as the page got it. */
export type Piece = Pick<
  MessageFact,
  'at' | 'dataType' | 'byteLength' | 'payload' | 'payloadState'
>;

/** Why a part of a body is not here. */
export type GapState = Exclude<PayloadState, 'whole' | 'pending'>;

/**
 * Makes messages of a body that comes in pieces; where the pieces were cut changes nothing. A message
 * has the time of the piece that completed it.
 *
 * A gap makes one message of its own: without payload, `byteLength` counts the bytes that are lost, the
 * halves of the messages before and after it included. No half message is ever told as a whole one.
 */
export interface BodyReader {
  take: (at: Milliseconds, payload: string | Uint8Array) => void;
  /** @param bytes how many are missing here, as far as anybody knows */
  lost: (at: Milliseconds, bytes: Bytes, state: GapState) => void;
  /** @param isWhole whether the server ended the body, or somebody broke it off */
  end: (at: Milliseconds, isWhole: boolean) => void;
}

/** Hands a piece to a reader, or tells it what is missing. */
export function feed(reader: BodyReader, piece: Piece): void {
  const { at, payload, payloadState, byteLength } = piece;
  if (payload !== null && byteLength > 0) reader.take(at, payload);
  if (payload !== null && payloadState !== 'cut') return;
  const missing = byteLength - lengthOf(payload);
  const state =
    payloadState === 'pending' || payloadState === 'whole' ? 'unreadable' : payloadState;
  if (missing > 0) reader.lost(at, missing, state);
}

function lengthOf(payload: Payload | null): Bytes {
  if (payload === null) return 0;
  return typeof payload === 'string' ? utf8Length(payload) : payload.length;
}
