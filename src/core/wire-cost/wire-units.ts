import { bytesToBase64 } from '../byte-text.ts';
import type { Direction, MessageFact } from '../facts.ts';
import type { Bytes } from '../units.ts';
import { planFor } from './carry-by-polls.ts';
import { type Carried, forgetsContext, type Traffic } from './traffic.ts';
import type { Carrier, CarryOptions } from './wire-cost.ts';

/** What is compressed at once: a message, an event, the body of an answer. */
export interface WireUnit {
  /** Absent for bodies of several messages. */
  readonly row: number | undefined;
  /** Units with the same name share one compressor; without a name each has its own. */
  readonly stream: string | undefined;
  readonly direction: Direction;
  readonly bytes: Uint8Array;
  /** What the format adds to the bytes of the compressor; less than nothing where it takes the flush away. */
  readonly extra: Bytes;
}

/** RFC 7692 section 7.2.1 takes away what a flush ends with. */
const WITHOUT_FLUSH = -4;
/** RFC 1952: ten bytes before and eight after; a body's end is no flush, which saves about as much as its last block takes. */
const GZIP = 18 - 4;

const encoder = new TextEncoder();

/** The units of a carrier whose payloads are here, in the order of the messages. */
export function* wireUnits(
  traffic: Traffic,
  carrier: Carrier,
  options: CarryOptions,
): Generator<WireUnit, void> {
  const isAsIs = traffic.carrier === carrier;
  if (!isAsIs && (carrier === 'polling' || carrier === 'long-polling')) {
    yield* plannedBodies(traffic, carrier, options);
    return;
  }
  const { messages } = traffic.session;
  for (const carried of traffic.kept()) {
    const { row, connection, direction } = carried;
    const { payload } = messages.read(row);
    if (payload === null) continue;
    const unit = { row, direction };
    if (carrier === 'websocket') {
      const isFresh = forgetsContext(traffic, direction);
      const stream = isFresh ? undefined : `${connection} ${direction}`;
      yield { ...unit, stream, bytes: bytesOf(payload), extra: WITHOUT_FLUSH };
    } else if (direction === 'sent') {
      continue;
    } else if (carrier === 'polling' || carrier === 'long-polling') {
      yield { ...unit, stream: undefined, bytes: bytesOf(payload), extra: GZIP };
    } else {
      const bytes = carrier === 'eventsource' ? eventBytes(payload, carried) : bytesOf(payload);
      yield { ...unit, stream: String(connection), bytes, extra: 0 };
    }
  }
}

type Present = NonNullable<MessageFact['payload']>;

const bytesOf = (payload: Present): Uint8Array =>
  typeof payload === 'string' ? encoder.encode(payload) : payload;

const textOf = (payload: Present): string =>
  typeof payload === 'string' ? payload : bytesToBase64(payload);

function eventBytes(payload: Present, { eventType, id }: Carried): Uint8Array {
  const isTyped = eventType !== undefined && eventType !== 'message';
  const head = `${isTyped ? `event: ${eventType}\n` : ''}${id === undefined ? '' : `id: ${id}\n`}`;
  const data = textOf(payload).replaceAll(/\r\n|[\n\r]/gu, '\ndata: ');
  return encoder.encode(`${head}data: ${data}\n\n`);
}

function* plannedBodies(
  traffic: Traffic,
  carrier: 'polling' | 'long-polling',
  options: CarryOptions,
): Generator<WireUnit, void> {
  const received = [...traffic.kept()]
    .filter(({ direction }) => direction === 'received')
    .sort((a, b) => a.at - b.at);
  const plan = planFor(
    traffic,
    received.map(({ at }) => at),
    carrier,
    options,
  );
  const { messages } = traffic.session;
  let place = 0;
  for (const count of plan.batches) {
    const elements = received.slice(place, place + count).map(({ row, isJson }) => {
      const { payload } = messages.read(row);
      if (payload === null) return '';
      return isJson ? textOf(payload) : JSON.stringify(textOf(payload));
    });
    place += count;
    const bytes = encoder.encode(`[${elements.join(',')}]`);
    yield { row: undefined, stream: undefined, direction: 'received', bytes, extra: GZIP };
  }
}
