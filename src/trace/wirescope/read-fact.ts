import {
  type ConnectionCreated,
  CONSTRUCTORS,
  ENDED_BY,
  type Fact,
  FRAME_KINDS,
  LINK_DECISIONS,
  SOURCES,
  type Tally,
  TRANSPORTS,
  STREAM_ODDITIES,
} from '../../core/facts.ts';
import { DRILL_STEPS } from '../../core/drill/drill-facts.ts';
import {
  type JsonRecord,
  optional,
  readBoolean,
  readCount,
  readId,
  readMark,
  readOneOf,
  readPlace,
  readRecord,
  readText,
  readTexts,
  readTime,
  readWhole,
} from '../fields.ts';
import { readHandshake, readHeaders, readLink, readStatus } from './read-exchange.ts';
import { readMessage } from './read-message.ts';

type FactKind = Fact['kind'];

/** One reader for each kind of fact; a new kind does not compile until it has one. */
const READERS: { [K in FactKind]: (record: JsonRecord) => Extract<Fact, { kind: K }> } = {
  'frame-added': (record) => ({
    kind: 'frame-added',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    url: readText(record, 'url'),
    frameKind: readOneOf(record, 'frameKind', FRAME_KINDS),
  }),
  'frame-removed': (record) => ({
    kind: 'frame-removed',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
  }),
  'connection-created': readCreated,
  'connection-opened': (record) => ({
    kind: 'connection-opened',
    ...readPlace(record),
    ...optional(record, 'subprotocol', readText),
    ...optional(record, 'extensions', readText),
    ...optional(record, 'status', readStatus),
    ...optional(record, 'responseHeaders', readHeaders),
  }),
  'handshake-logged': readHandshake,
  'event-stream-noted': (record) => ({
    kind: 'event-stream-noted',
    ...readPlace(record),
    ...optional(record, 'comment', readText),
    ...optional(record, 'reconnectionTime', readCount),
    ...optional(record, 'oddity', (from, name) => readOneOf(from, name, STREAM_ODDITIES)),
    ...optional(record, 'line', readText),
  }),
  'connection-closing': (record) => ({
    kind: 'connection-closing',
    ...readPlace(record),
    ...optional(record, 'closeCode', readCloseCode),
    ...optional(record, 'closeReason', readText),
  }),
  'send-buffer-grew': (record) => ({
    kind: 'send-buffer-grew',
    ...readPlace(record),
    bufferedAmount: readCount(record, 'bufferedAmount'),
  }),
  'connection-errored': (record) => ({ kind: 'connection-errored', ...readPlace(record) }),
  'connection-ended': (record) => ({
    kind: 'connection-ended',
    ...readPlace(record),
    endedBy: readOneOf(record, 'endedBy', ENDED_BY),
    ...optional(record, 'closeCode', readCloseCode),
    ...optional(record, 'closeReason', readText),
    ...optional(record, 'wasClean', readBoolean),
  }),
  message: readMessage,
  'connections-dropped': (record) => ({
    kind: 'connections-dropped',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    connections: readCount(record, 'connections'),
    requests: readCount(record, 'requests'),
    sent: readTally(record, 'sent'),
    received: readTally(record, 'received'),
  }),
  'messages-dropped': (record) => ({
    kind: 'messages-dropped',
    ...readPlace(record),
    sent: readTally(record, 'sent'),
    received: readTally(record, 'received'),
    where: readOneOf(record, 'where', ['history', 'buffer']),
  }),
  'channel-set-aside': (record) => ({
    kind: 'channel-set-aside',
    ...readPlace(record),
    isSetAside: readBoolean(record, 'isSetAside'),
  }),
  'link-decided': (record) => ({
    kind: 'link-decided',
    ...readPlace(record),
    decision: readOneOf(record, 'decision', LINK_DECISIONS),
    ...optional(record, 'before', readId),
  }),
  'drill-started': (record) => ({
    kind: 'drill-started',
    ...readPlace(record),
    seed: readCount(record, 'seed'),
  }),
  'drill-step': (record) => ({
    kind: 'drill-step',
    ...readPlace(record),
    step: readOneOf(record, 'step', DRILL_STEPS),
    ...optional(record, 'closeCode', readCloseCode),
    ...optional(record, 'closeReason', readText),
    ...optional(record, 'attempts', readCount),
    ...optional(record, 'duration', readTime),
    ...optional(record, 'share', readTime),
  }),
  'drill-ended': (record) => ({ kind: 'drill-ended', ...readPlace(record) }),
  'visibility-changed': (record) => ({
    kind: 'visibility-changed',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    isHidden: readBoolean(record, 'isHidden'),
  }),
  'online-changed': (record) => ({
    kind: 'online-changed',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    isOnline: readBoolean(record, 'isOnline'),
  }),
  'constructor-replaced': (record) => ({
    kind: 'constructor-replaced',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    name: readOneOf(record, 'name', CONSTRUCTORS),
  }),
  'request-noted': (record) => ({
    kind: 'request-noted',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    method: readText(record, 'method'),
    origin: readText(record, 'origin'),
    byteLength: readCount(record, 'byteLength'),
  }),
  'tap-failed': (record) => ({
    kind: 'tap-failed',
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    message: readText(record, 'message'),
  }),
};

function isFactKind(kind: string): kind is FactKind {
  return Object.hasOwn(READERS, kind);
}

/**
 * The fact that a record of the current version tells.
 * @returns `undefined` for a kind that this build does not know
 * @throws {TraceError} when a field is missing, of the wrong type or out of range
 */
export function readFact(record: JsonRecord): Fact | undefined {
  const kind = readText(record, 'kind');
  return isFactKind(kind) ? READERS[kind](record) : undefined;
}

function readCreated(record: JsonRecord): ConnectionCreated {
  return {
    kind: 'connection-created',
    connection: readId(record, 'connection'),
    frame: readId(record, 'frame'),
    at: readTime(record, 'at'),
    transport: readOneOf(record, 'transport', TRANSPORTS),
    url: readText(record, 'url'),
    source: readOneOf(record, 'source', SOURCES),
    ...optional(record, 'requestedSubprotocols', readTexts),
    ...optional(record, 'withCredentials', readBoolean),
    ...optional(record, 'method', readText),
    ...optional(record, 'requestHeaders', readHeaders),
    ...optional(record, 'initiator', readText),
    ...optional(record, 'continues', readId),
    ...optional(record, 'link', readLink),
    ...optional(record, 'early', readMark),
  };
}

/** Two bytes on the wire (RFC 6455 section 5.5.1). */
function readCloseCode(record: JsonRecord, key: string): number {
  return readWhole(record, key, 0xffff);
}

function readTally(record: JsonRecord, key: string): Tally {
  const tally = readRecord(record, key);
  return { messages: readCount(tally, 'messages'), bytes: readCount(tally, 'bytes') };
}
