import { base64ToBytes } from '../../core/byte-text.ts';
import { DATA_TYPES, type MessageFact, type Payload, PAYLOAD_STATES } from '../../core/facts.ts';
import type { EpochMilliseconds, Milliseconds } from '../../core/units.ts';
import {
  FARTHEST_TIME,
  isRecord,
  type JsonRecord,
  optional,
  readCount,
  readMark,
  readOneOf,
  readText,
  readTime,
  readWhole,
} from '../fields.ts';
import { TraceError } from '../trace-error.ts';
import { fromHarSeconds } from './har-time.ts';
import type { StandardList } from './message-lists.ts';
import { payloadLength } from './message-rows.ts';
import { readNetworkLog } from '../wirescope/read-message.ts';

const TEXT = 1;
const BINARY = 2;
const NOTHING: JsonRecord = {};

/** The messages of an entry, in the order of the file. */
export interface EntryRows {
  /** `undefined` where a row could not be read. */
  messages: (MessageFact | undefined)[];
  /** When the network log told of an error. */
  errorsAt: Milliseconds[];
  skipped: number;
}

/**
 * Reads `_webSocketMessages` or `_eventSourceMessages`, Chrome's as well as ours. Like Chrome's own
 * importer it leaves out rows without a time, a known type, an opcode or data.
 */
export function readRows(
  entry: JsonRecord,
  name: StandardList,
  connection: number,
  startedAt: EpochMilliseconds,
): EntryRows {
  const list = entry[name];
  const rows: EntryRows = { messages: [], errorsAt: [], skipped: 0 };
  if (!Array.isArray(list)) return rows;
  const readRow = name === '_eventSourceMessages' ? readEventRow : readWebSocketRow;
  for (const row of list as unknown[]) {
    try {
      if (!isRecord(row)) throw new TraceError('a message should be an object.');
      if (row['type'] === 'error') rows.errorsAt.push(readAt(row, startedAt));
      else rows.messages.push(readRow(row, connection, startedAt));
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      rows.messages.push(undefined);
      rows.skipped += 1;
    }
  }
  return rows;
}

function readWebSocketRow(
  row: JsonRecord,
  connection: number,
  startedAt: EpochMilliseconds,
): MessageFact {
  const type = readOneOf(row, 'type', ['send', 'receive']);
  const opcode = readWhole(row, 'opcode', 15);
  if (opcode !== TEXT && opcode !== BINARY) throw new TraceError('the row is no message.');
  const data = readText(row, 'data');
  const payload = opcode === TEXT ? data : base64ToBytes(data);
  if (payload === undefined) throw new TraceError('“data” is not valid base64.');
  const extras = extrasOf(row);
  // HAR does not tell how the page held binary data; `arraybuffer` is what most pages ask for.
  const dataType =
    opcode === TEXT ? 'string' : (readIfThere(extras, 'dataType', DATA_TYPES) ?? 'arraybuffer');
  return {
    ...readCommon(row, extras, connection, startedAt, payload),
    direction: type === 'send' ? 'sent' : 'received',
    dataType,
  };
}

function readEventRow(
  row: JsonRecord,
  connection: number,
  startedAt: EpochMilliseconds,
): MessageFact {
  const extras = extrasOf(row);
  return {
    ...readCommon(row, extras, connection, startedAt, readText(row, 'data')),
    ...(extras['eventType'] !== null && { eventType: readText(row, 'eventName') }),
    ...(extras['lastEventId'] !== null &&
      row['eventId'] !== undefined && { lastEventId: readText(row, 'eventId') }),
  };
}

function readCommon(
  row: JsonRecord,
  extras: JsonRecord,
  connection: number,
  startedAt: EpochMilliseconds,
  payload: Payload,
): MessageFact {
  const told = extras['payload'] === null ? null : payload;
  return {
    kind: 'message',
    connection,
    at: extras['at'] === undefined ? readAt(row, startedAt) : readTime(extras, 'at'),
    direction: 'received',
    dataType: 'string',
    byteLength:
      extras['byteLength'] === undefined ? payloadLength(told) : readCount(extras, 'byteLength'),
    payload: told,
    payloadState: readIfThere(extras, 'payloadState', PAYLOAD_STATES) ?? 'whole',
    ...optional(extras, 'unterminated', readMark),
    ...optional(extras, 'source', readNetworkLog),
    ...optional(extras, 'early', readMark),
    ...optional(extras, 'discarded', readMark),
  };
}

function readAt(row: JsonRecord, startedAt: EpochMilliseconds): Milliseconds {
  const at = fromHarSeconds(startedAt, readTime(row, 'time'));
  if (Math.abs(at) > FARTHEST_TIME) throw new TraceError('“time” is out of range.');
  return at;
}

function extrasOf(row: JsonRecord): JsonRecord {
  const extras = row['_wirescope'];
  return isRecord(extras) ? extras : NOTHING;
}

function readIfThere<T extends string>(
  record: JsonRecord,
  key: string,
  known: readonly T[],
): T | undefined {
  return record[key] === undefined ? undefined : readOneOf(record, key, known);
}
