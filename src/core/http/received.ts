import type { DataType, MessageFact } from '../facts.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import type { GapState } from './body-reader.ts';

/** A text that a body held, as a message. */
export function receivedText(connection: number, at: Milliseconds, text: string): MessageFact {
  return {
    kind: 'message',
    connection,
    at,
    direction: 'received',
    dataType: 'string',
    byteLength: utf8Length(text),
    payload: text,
    payloadState: 'whole',
  };
}

export function receivedBytes(
  connection: number,
  at: Milliseconds,
  bytes: Uint8Array,
): MessageFact {
  return {
    kind: 'message',
    connection,
    at,
    direction: 'received',
    // What `ReadableStream` and `Response.bytes()` give.
    dataType: 'view',
    byteLength: bytes.length,
    payload: bytes,
    payloadState: 'whole',
  };
}

/** Bytes of a body that are not here, as one message without payload. */
export function receivedGap(
  connection: number,
  at: Milliseconds,
  dataType: DataType,
  gap: { bytes: Bytes; state: GapState },
): MessageFact {
  return {
    kind: 'message',
    connection,
    at,
    direction: 'received',
    dataType,
    byteLength: gap.bytes,
    payload: null,
    payloadState: gap.state,
  };
}
