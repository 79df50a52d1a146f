import { createNumberColumn } from './column.ts';
import {
  DATA_TYPES,
  type MessageFact,
  type Payload,
  PAYLOAD_STATES,
  type PayloadState,
} from './facts.ts';
import { createInternedStrings } from './interned.ts';
import type { Bytes, Milliseconds } from './units.ts';

/**
 * All messages of a session, in columns: numbers in typed arrays, one slot for each payload.
 * A message is its row; rows never move and never go.
 */
export interface MessageStore {
  readonly length: number;
  /** Adds a message and answers its row. */
  append: (message: MessageFact) => number;
  /** The late bytes of a message whose payload was pending; fewer than `byteLength` when cut. */
  completePayload: (row: number, payload: Payload | null, state: PayloadState) => void;
  /** The message as the fact it came from. */
  read: (row: number) => MessageFact;
  at: (row: number) => Milliseconds;
  byteLength: (row: number) => Bytes;
  connection: (row: number) => number;
  isSent: (row: number) => boolean;
  /** Given to `send()` too late: it never left. */
  isDiscarded: (row: number) => boolean;
  /** How many payloads are in each state; counted as they come. */
  readonly payloadStates: Readonly<Record<PayloadState, number>>;
}

const SENT = 1;
const EARLY = 2;
const DISCARDED = 4;
const FROM_NETWORK_LOG = 8;
const UNTERMINATED = 16;

export function createMessageStore(): MessageStore {
  const ats = createNumberColumn(Float64Array);
  const connections = createNumberColumn(Uint32Array);
  const byteLengths = createNumberColumn(Float64Array);
  const flags = createNumberColumn(Uint8Array);
  const dataTypes = createNumberColumn(Uint8Array);
  const payloadStates = createNumberColumn(Uint8Array);
  const eventTypes = createNumberColumn(Uint32Array);
  const lastEventIds = createNumberColumn(Uint32Array);
  const payloads: (Payload | null)[] = [];
  const strings = createInternedStrings();
  const stateCounts = { whole: 0, pending: 0, evicted: 0, cut: 0, unreadable: 0 };

  function payloadState(row: number): PayloadState {
    return PAYLOAD_STATES[payloadStates.get(row)] ?? 'whole';
  }

  function read(row: number): MessageFact {
    const flag = flags.get(row);
    const eventType = strings.textOf(eventTypes.get(row));
    const lastEventId = strings.textOf(lastEventIds.get(row));
    return {
      kind: 'message',
      connection: connections.get(row),
      at: ats.get(row),
      direction: (flag & SENT) === 0 ? 'received' : 'sent',
      dataType: DATA_TYPES[dataTypes.get(row)] ?? 'string',
      byteLength: byteLengths.get(row),
      payload: payloads[row] ?? null,
      payloadState: payloadState(row),
      ...(eventType !== undefined && { eventType }),
      ...(lastEventId !== undefined && { lastEventId }),
      ...((flag & UNTERMINATED) !== 0 && { unterminated: true as const }),
      ...((flag & FROM_NETWORK_LOG) !== 0 && { source: 'network-log' as const }),
      ...((flag & EARLY) !== 0 && { early: true as const }),
      ...((flag & DISCARDED) !== 0 && { discarded: true as const }),
    };
  }

  return {
    get length() {
      return ats.length;
    },
    append: (message) => {
      ats.push(message.at);
      connections.push(message.connection);
      byteLengths.push(message.byteLength);
      flags.push(
        (message.direction === 'sent' ? SENT : 0) |
          (message.early === true ? EARLY : 0) |
          (message.discarded === true ? DISCARDED : 0) |
          (message.source === undefined ? 0 : FROM_NETWORK_LOG) |
          (message.unterminated === true ? UNTERMINATED : 0),
      );
      dataTypes.push(DATA_TYPES.indexOf(message.dataType));
      payloadStates.push(PAYLOAD_STATES.indexOf(message.payloadState));
      eventTypes.push(strings.idOf(message.eventType));
      lastEventIds.push(strings.idOf(message.lastEventId));
      payloads.push(message.payload);
      stateCounts[message.payloadState] += 1;
      return ats.length - 1;
    },
    completePayload: (row, payload, state) => {
      payloads[row] = payload;
      stateCounts[payloadState(row)] -= 1;
      stateCounts[state] += 1;
      payloadStates.set(row, PAYLOAD_STATES.indexOf(state));
    },
    read,
    at: ats.get,
    byteLength: byteLengths.get,
    connection: connections.get,
    isSent: (row) => (flags.get(row) & SENT) !== 0,
    isDiscarded: (row) => (flags.get(row) & DISCARDED) !== 0,
    payloadStates: stateCounts,
  };
}
