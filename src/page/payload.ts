import type { DataType, Direction, MessageFact, Payload, PayloadState } from '../core/facts.ts';
import type { Bytes as ByteCount } from '../core/units.ts';
import {
  apply,
  asciiLength,
  Bytes,
  encodedLength,
  isBufferView,
  lengthOfBuffer,
  now,
  sizeOfBlob,
  viewedBytes,
} from './natives.ts';

/**
 * A message as a tap met it, before its data are looked at. It has its whole shape from the beginning: a field that
 * is added later costs more than all the others, and this is made for each message.
 */
export const seenMessage = (
  connection: number,
  direction: Direction,
  eventType?: string,
  lastEventId?: string,
): MessageFact =>
  ({
    kind: 'message',
    connection,
    at: now(),
    direction,
    dataType: 'string',
    byteLength: 0,
    payload: null,
    payloadState: 'whole',
    eventType,
    lastEventId,
  }) as MessageFact;

/** Lone surrogates become U+FFFD, as in the conversion to a Web IDL USVString. */
const { isWellFormed, slice, toWellFormed } = String.prototype;

/** The conversion of Web IDL, by syntax: a page may have replaced `String`. */
const toText = (data: unknown): string => `${data as number}`;

/**
 * Fills in what the page gave or got, copied: nothing of the page's is kept alive.
 *
 * @param data what `send()` took or `MessageEvent.data` holds
 * @returns the whole message, or `undefined` for what is no data of these APIs
 */
export function fillIn(
  seen: MessageFact,
  data: unknown,
  limit: ByteCount,
): MessageFact | undefined {
  if (typeof data === 'string') return fillText(seen, data, limit);
  // Another primitive: its conversion runs no page code, and a symbol has thrown in the native call.
  if (typeof data !== 'object' || data === null) return fillText(seen, toText(data), limit);
  if (isBufferView(data)) return fillBytes(seen, 'view', viewedBytes(data), limit);
  if (lengthOfBuffer(data) !== undefined) {
    return fillBytes(seen, 'arraybuffer', new Bytes(data as ArrayBuffer), limit);
  }
  const size = sizeOfBlob(data);
  return size === undefined
    ? undefined
    : fill(seen, 'blob', size, null, size > limit ? 'cut' : 'pending');
}

function fill(
  fact: MessageFact,
  dataType: DataType,
  byteLength: ByteCount,
  payload: Payload | null,
  payloadState: PayloadState,
): MessageFact {
  fact.dataType = dataType;
  fact.byteLength = byteLength;
  fact.payload = payload;
  fact.payloadState = payloadState;
  return fact;
}

function fillText(seen: MessageFact, text: string, limit: ByteCount): MessageFact {
  let byteLength = asciiLength(text);
  let sent = text;
  if (byteLength === undefined) {
    if (apply(isWellFormed, text, []) === false) sent = apply(toWellFormed, text, []);
    byteLength = encodedLength(sent);
  }
  return byteLength > limit
    ? fill(seen, 'string', byteLength, firstUnits(sent, limit), 'cut')
    : fill(seen, 'string', byteLength, sent, 'whole');
}

/** A third of the limit, in UTF-16 units, is surely within the limit in UTF-8. */
function firstUnits(text: string, limit: ByteCount): string {
  return apply<string>(slice, text, [0, limit / 3]);
}

function fillBytes(
  seen: MessageFact,
  dataType: DataType,
  bytes: Uint8Array,
  limit: ByteCount,
): MessageFact {
  const byteLength = bytes.length;
  const isCut = byteLength > limit;
  const kept = isCut ? new Bytes(bytes.buffer, bytes.byteOffset, limit) : bytes;
  return fill(seen, dataType, byteLength, new Bytes(kept), isCut ? 'cut' : 'whole');
}
