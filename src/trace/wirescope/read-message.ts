import { base64ToBytes } from '../../core/byte-text.ts';
import { DATA_TYPES, type MessageFact, type Payload, PAYLOAD_STATES } from '../../core/facts.ts';
import {
  isRecord,
  type JsonRecord,
  optional,
  readCount,
  readId,
  readMark,
  readOneOf,
  readText,
  readTime,
} from '../fields.ts';
import { TraceError } from '../trace-error.ts';

/** @throws {TraceError} when a field is missing, of the wrong type or out of range */
export function readMessage(record: JsonRecord): MessageFact {
  const payload = readPayload(record);
  const dataType =
    record['dataType'] === undefined ? 'string' : readOneOf(record, 'dataType', DATA_TYPES);
  if (payload !== null && (dataType === 'string') !== (typeof payload === 'string')) {
    throw new TraceError(`“payload” does not fit the data type “${dataType}”.`);
  }
  return {
    kind: 'message',
    connection: readId(record, 'connection'),
    at: readTime(record, 'at'),
    direction: readOneOf(record, 'direction', ['sent', 'received']),
    dataType,
    byteLength: readCount(record, 'byteLength'),
    payload,
    payloadState:
      record['payloadState'] === undefined
        ? 'whole'
        : readOneOf(record, 'payloadState', PAYLOAD_STATES),
    ...optional(record, 'eventType', readText),
    ...optional(record, 'lastEventId', readText),
    ...optional(record, 'unterminated', readMark),
    ...optional(record, 'source', readNetworkLog),
    ...optional(record, 'early', readMark),
    ...optional(record, 'discarded', readMark),
  };
}

export function readNetworkLog(record: JsonRecord, key: string): 'network-log' {
  return readOneOf(record, key, ['network-log']);
}

function readPayload({ payload }: JsonRecord & { payload?: unknown }): Payload | null {
  if (payload === undefined) return null;
  if (typeof payload === 'string') return payload;
  if (!isRecord(payload)) throw new TraceError('“payload” should be text, or bytes as base64.');
  const bytes = base64ToBytes(readText(payload, 'base64'));
  if (bytes === undefined) throw new TraceError('“payload” is not valid base64.');
  return bytes;
}
