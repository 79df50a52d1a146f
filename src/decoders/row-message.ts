import type { Channel } from '../core/channel.ts';
import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Payload } from '../core/facts.ts';
import type { Session } from '../core/session.ts';
import type { Bytes, Milliseconds } from '../core/units.ts';
import { type Carrier, MOST_SAMPLES, SAMPLE_LENGTH } from './decoder.ts';
import { carrierOf } from './carrier-of.ts';

/** A message with its place in the session, as it goes to whoever decodes. */
export interface RowMessage extends WireMessage {
  readonly row: number;
  readonly connection: number;
  readonly at: Milliseconds;
  /** The true length, also where the payload is cut. */
  readonly byteLength: Bytes;
}

/** What recognising a channel needs: who carries it, and some of its messages. */
export interface ChannelSamples {
  readonly carrier: Carrier;
  readonly messages: readonly WireMessage[];
}

/** `undefined` where there is nothing to decode: the payload is not here, or the message never left. */
export function rowMessageOf(session: Session, row: number): RowMessage | undefined {
  const { payload, discarded, connection, at, byteLength, direction, eventType, lastEventId } =
    session.messages.read(row);
  if (payload === null || discarded === true) return undefined;
  return {
    row,
    connection,
    at,
    byteLength,
    direction,
    payload,
    ...(eventType !== undefined && { eventType }),
    ...(lastEventId !== undefined && { lastEventId }),
  };
}

/** The first messages of a channel, and some of its last: half of the samples each. */
export function samplesOf(session: Session, channel: Channel): ChannelSamples | undefined {
  const { rows, connections } = channel;
  const [first] = connections;
  if (first === undefined) return undefined;
  const half = MOST_SAMPLES / 2;
  const places = new Set<number>();
  for (let index = 0; index < Math.min(half, rows.length); index += 1) places.add(index);
  for (let index = Math.max(0, rows.length - half); index < rows.length; index += 1) {
    places.add(index);
  }
  const messages = [...places]
    .map((place) => rowMessageOf(session, rows.get(place)))
    .filter((message) => message !== undefined);
  // The connection that said something knows more than one that never opened.
  const speaker = connections.find(({ id }) => id === messages[0]?.connection) ?? first;
  return {
    carrier: carrierOf(speaker),
    messages: messages.map((message) => ({ ...message, payload: cut(message.payload) })),
  };
}

const cut = (payload: Payload): Payload => payload.slice(0, SAMPLE_LENGTH);
