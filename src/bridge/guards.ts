import type { Hello, RelayEnvelope, Records } from './envelope.ts';
import { DRILL_STEPS } from '../core/drill/drill-facts.ts';
import { CONSTRUCTORS, ENDED_BY, DATA_TYPES, PAYLOAD_STATES, type Headers } from '../core/facts.ts';
import {
  type MessagesEvicted,
  TAP_TRANSPORTS,
  type TapFact,
  type TapRecord,
} from './tap-record.ts';
import { unpackRecords } from './unpack-records.ts';

/**
 * Everything from a page is hostile input until it has passed here.
 * Each guard checks every field, its type and its range, and lets no other field through.
 */

type Fields = Record<string, unknown>;
type Check = (value: unknown) => boolean;

/** Far more records than a tap ever puts into one batch. */
const MAX_RECORDS = 1_000_000;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isTime: Check = (value) => Number.isFinite(value) && Math.abs(value as number) < 1e15;
const isDuration: Check = (value) => isTime(value) && (value as number) >= 0;
/** Bytes from another realm are no instance of this one's `Uint8Array` (Firefox). */
const isPayload: Check = (value) => value === null || isText(value) || ArrayBuffer.isView(value);
const isTextList: Check = (value) => isListOf(value, isText);
/** Far more than any browser sends or takes. */
const MAX_HEADERS = 1_000;
const isHeaders: Check = (value) =>
  Array.isArray(value) && value.length <= MAX_HEADERS && isListOf(value, isHeader);
const isHeader = (value: unknown): value is Headers[number] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isText(value[1]);
/** Three digits (RFC 9110 section 15); 0 where the page may not know. */
const isStatus: Check = (value) => isCount(value) && (value as number) <= 999;
const isTally: Check = (value) => hasFields(value, { messages: isCount, bytes: isCount });
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value as string);

const isPayloadState = oneOf(...PAYLOAD_STATES);

const ANY_FACT = { kind: isText, at: isTime };

const FACT_FIELDS: Record<TapFact['kind'], Record<string, Check>> = {
  'connection-created': {
    ...ANY_FACT,
    connection: isNumber,
    transport: oneOf(...TAP_TRANSPORTS),
    url: isText,
    requestedSubprotocols: optional(isTextList),
    withCredentials: optional(isFlag),
    method: optional(isText),
    requestHeaders: optional(isHeaders),
    initiator: optional(isText),
    continues: optional(isNumber),
  },
  'connection-opened': {
    ...ANY_FACT,
    connection: isNumber,
    subprotocol: optional(isText),
    extensions: optional(isText),
    status: optional(isStatus),
    responseHeaders: optional(isHeaders),
  },
  'connection-closing': {
    ...ANY_FACT,
    connection: isNumber,
    closeCode: optional(isCount),
    closeReason: optional(isText),
  },
  'send-buffer-grew': { ...ANY_FACT, connection: isNumber, bufferedAmount: isCount },
  'connection-errored': { ...ANY_FACT, connection: isNumber },
  'connection-ended': {
    ...ANY_FACT,
    connection: isNumber,
    endedBy: oneOf(...ENDED_BY),
    closeCode: optional(isCount),
    closeReason: optional(isText),
    wasClean: optional(isFlag),
  },
  message: {
    ...ANY_FACT,
    connection: isNumber,
    direction: oneOf('sent', 'received'),
    dataType: oneOf(...DATA_TYPES),
    byteLength: isCount,
    payload: isPayload,
    payloadState: isPayloadState,
    eventType: optional(isText),
    lastEventId: optional(isText),
    discarded: optional(isFlag),
  },
  'payload-arrived': {
    ...ANY_FACT,
    message: isNumber,
    payload: isPayload,
    payloadState: isPayloadState,
  },
  'connections-evicted': {
    ...ANY_FACT,
    connections: isCount,
    requests: isCount,
    sent: isTally,
    received: isTally,
  },
  'visibility-changed': { ...ANY_FACT, isHidden: isFlag },
  'online-changed': { ...ANY_FACT, isOnline: isFlag },
  'drill-started': { ...ANY_FACT, connection: isNumber, seed: isCount },
  'drill-step': {
    ...ANY_FACT,
    connection: isNumber,
    step: oneOf(...DRILL_STEPS),
    closeCode: optional(isCount),
    closeReason: optional(isText),
    attempts: optional(isCount),
    duration: optional(isDuration),
    share: optional(isDuration),
  },
  'drill-ended': { ...ANY_FACT, connection: isNumber },
  'constructor-replaced': { ...ANY_FACT, name: oneOf(...CONSTRUCTORS) },
  'page-left': ANY_FACT,
  'tap-failed': { ...ANY_FACT, message: isText },
};

const HELLO_FIELDS: Record<keyof Hello, Check> = {
  kind: isText,
  protocol: isNumber,
  stream: isText,
  url: isText,
  isTop: isFlag,
  timeOrigin: isTime,
  restored: isFlag,
};

const EVICTED_FIELDS: Record<keyof MessagesEvicted, Check> = {
  at: isTime,
  connection: isNumber,
  where: oneOf('history', 'buffer'),
  sent: isTally,
  received: isTally,
};

const RECORD_FIELDS: Record<keyof TapRecord, Check> = { n: isNumber, fact: isTapFact };

const RECORDS_FIELDS: Record<keyof Records, Check> = {
  kind: isText,
  after: isCount,
  records: (value) => isListOf(value, (record) => hasFields(record, RECORD_FIELDS)),
  evicted: (value) => isListOf(value, (totals) => hasFields(totals, EVICTED_FIELDS)),
};

/** All of these fields, and no others: what nobody checked would go into a trace. */
function hasFields(value: unknown, fields: Record<string, Check>): value is Fields {
  if (!isFields(value)) return false;
  for (const name in fields) if (fields[name]?.(value[name]) !== true) return false;
  for (const name in value) if (!Object.hasOwn(fields, name)) return false;
  return true;
}

/** `every` would pass over holes, and a clone keeps them. */
function isListOf(value: unknown, check: Check): boolean {
  if (!Array.isArray(value) || value.length > MAX_RECORDS) return false;
  for (const item of value) if (!check(item)) return false;
  return true;
}

function isTapFact(value: unknown): value is TapFact {
  if (!isFields(value)) return false;
  const { kind } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(FACT_FIELDS, kind)) return false;
  return hasFields(value, FACT_FIELDS[kind as TapFact['kind']]);
}

/** What throws when it is read is no envelope. */
function asked<Answer>(question: () => Answer, otherwise: Answer): Answer {
  try {
    return question();
  } catch {
    return otherwise;
  }
}

/** What a relay sent, its columns made records; `undefined` for what is no envelope. */
export function readRelayEnvelope(value: unknown): RelayEnvelope | undefined {
  const unpacked = asked(() => unpackRecords(value), undefined);
  return isRelayEnvelope(unpacked) ? unpacked : undefined;
}

/** Whether this has the shape of a {@link RelayEnvelope}. */
function isRelayEnvelope(value: unknown): value is RelayEnvelope {
  return asked(() => {
    if (!isFields(value)) return false;
    switch (value['kind']) {
      case 'hello':
        return hasFields(value, HELLO_FIELDS);
      case 'records':
        return hasFields(value, RECORDS_FIELDS);
      default:
        return false;
    }
  }, false);
}

/**
 * Whether this says hello at all. A document under another protocol version may differ in everything
 * but `kind` and `protocol`; those two never change.
 */
export function helloProtocol(value: unknown): number | undefined {
  return asked(() => {
    if (!isFields(value) || value['kind'] !== 'hello') return undefined;
    return isNumber(value['protocol']) ? (value['protocol'] as number) : undefined;
  }, undefined);
}
