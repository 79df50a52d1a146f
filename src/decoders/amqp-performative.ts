import { type Data, isTagged } from '../core/decoded/data.ts';
import { readAmqp } from './amqp-types.ts';
import { ByteCursor, type Stop } from './formats/byte-cursor.ts';
import type { Packet } from './packet-stream.ts';

/** A performative with what follows it, or a protocol header. */
export interface AmqpFrame {
  /** `open`, `transfer`, …; `header` and `empty` where there is none. */
  readonly name: string;
  readonly channel: number;
  /** Its members by name. */
  readonly body: Data;
  readonly payload: Uint8Array;
  /** Where the payload begins in the message. */
  readonly offset: number;
  readonly stop?: Stop;
}

const PROTOCOL_NAMES: Readonly<Record<number, string>> = { 0: 'AMQP', 2: 'TLS', 3: 'SASL' };
const EMPTY = new Uint8Array();

export function readAmqpFrame({ bytes, offset }: Packet): AmqpFrame {
  const [first, , , , words = 2, , high = 0, low = 0] = bytes;
  const plain = { channel: 0, payload: EMPTY, offset };
  if (first === 'A'.charCodeAt(0)) {
    const [protocol = 0, ...version] = bytes.subarray(4);
    const name = PROTOCOL_NAMES[protocol] ?? `protocol ${protocol}`;
    return { ...plain, name: 'header', body: `${name} ${version.join('.')}` };
  }
  const channel = high * 256 + low;
  const cursor = new ByteCursor(bytes);
  cursor.at = words * 4;
  if (cursor.isAtEnd) return { ...plain, channel, name: 'empty', body: null };
  const body = readAmqp(cursor, 0);
  if (body !== undefined && !isTagged(body)) cursor.fail('a performative was expected');
  const { stop, at } = cursor;
  return {
    name: body !== undefined && isTagged(body) ? body.tag : 'frame',
    channel,
    body: body !== undefined && isTagged(body) ? body.value : (body ?? null),
    payload: stop === undefined ? bytes.slice(at) : EMPTY,
    offset: offset + at,
    ...(stop !== undefined && { stop: { ...stop, offset: offset + stop.offset } }),
  };
}
