import type { Data } from '../core/decoded/data.ts';
import { ByteCursor, type Stop } from './formats/byte-cursor.ts';
import { type PacketType, typeOf } from './mqtt-frame.ts';
import {
  readBinary,
  readProperties,
  readText,
  readVarint,
  TOPIC_ALIAS,
} from './mqtt-properties.ts';

/** What a packet says beside its type. */
export interface MqttPacket {
  readonly type: PacketType;
  readonly fields: readonly (readonly [string, Data])[];
  /** The packet identifier, by which the other side answers. */
  readonly id?: number;
  /** Of a PUBLISH; empty where an alias stands for it. */
  readonly topic?: string;
  readonly alias?: number;
  /** Topic filters of what subscribes. */
  readonly filters: readonly string[];
  /** Return and reason codes: one, or one for each filter. */
  readonly codes: readonly number[];
  readonly payload?: Uint8Array;
  /** The level of a CONNECT: 3, 4 (3.1.1) or 5. */
  readonly version?: number;
  readonly stop?: Stop;
}

/** What a reader of a type fills in, with the cursor behind the fixed header. */
interface Draft {
  readonly cursor: ByteCursor;
  readonly flags: number;
  readonly isFive: boolean;
  readonly fields: (readonly [string, Data])[];
  readonly filters: string[];
  readonly codes: number[];
  id?: number;
  topic?: string;
  payload?: Uint8Array;
  version?: number;
}

/** @param isFive by what CONNECT said; elsewhere the bytes say nothing of it */
export function readMqttPacket(bytes: Uint8Array, isFive: boolean): MqttPacket {
  const cursor = new ByteCursor(bytes);
  const head = cursor.uint8();
  readVarint(cursor);
  const type = typeOf(head) ?? 'CONNECT';
  const draft: Draft = { cursor, flags: head & 15, isFive, fields: [], filters: [], codes: [] };
  READ[type](draft);
  if (cursor.at < bytes.length) cursor.fail(`bytes after the end of ${type}`);
  const { fields, filters, codes, id, topic, payload, version } = draft;
  const alias = fields.find(([name]) => name === TOPIC_ALIAS)?.[1];
  return {
    type,
    fields,
    filters,
    codes,
    ...(id !== undefined && { id }),
    ...(topic !== undefined && { topic }),
    ...(typeof alias === 'number' && { alias }),
    ...(payload !== undefined && { payload }),
    ...(version !== undefined && { version }),
    ...(cursor.stop !== undefined && { stop: cursor.stop }),
  };
}

const isMore = ({ cursor }: Draft): boolean => !cursor.isAtEnd;

function properties({ cursor, fields }: Draft, isThere: boolean): void {
  if (isThere) fields.push(...readProperties(cursor));
}

function takeId(draft: Draft): void {
  draft.id = draft.cursor.uint16();
  draft.fields.push(['packet id', draft.id]);
}

function code(draft: Draft): void {
  draft.codes.push(draft.cursor.uint8());
}

function textOf(cursor: ByteCursor): string {
  const from = cursor.at;
  const text = readText(cursor);
  if (typeof text === 'string') return text;
  cursor.fail('it is no UTF-8', from);
  return '';
}

const READ: Readonly<Record<PacketType, (draft: Draft) => void>> = {
  CONNECT: readConnect,
  CONNACK: (draft) => {
    draft.fields.push(['session present', (draft.cursor.uint8() & 1) === 1]);
    code(draft);
    properties(draft, isMore(draft));
  },
  PUBLISH: readPublish,
  PUBACK: readAnswer,
  PUBREC: readAnswer,
  PUBREL: readAnswer,
  PUBCOMP: readAnswer,
  SUBSCRIBE: (draft) => readFilters(draft, true),
  SUBACK: readCodes,
  UNSUBSCRIBE: (draft) => readFilters(draft, false),
  UNSUBACK: readCodes,
  PINGREQ: () => undefined,
  PINGRESP: () => undefined,
  DISCONNECT: readEnd,
  AUTH: readEnd,
};

function readConnect(draft: Draft): void {
  const { cursor, fields } = draft;
  const name = textOf(cursor);
  const version = cursor.uint8();
  draft.version = version;
  const flags = cursor.uint8();
  fields.push(['protocol', name], ['version', version], ['clean start', (flags & 2) !== 0]);
  fields.push(['keep alive (s)', cursor.uint16()]);
  properties(draft, version === 5);
  fields.push(['client identifier', readText(cursor)]);
  if ((flags & 4) !== 0) {
    const about = version === 5 ? readProperties(cursor) : [];
    const will = [
      ['topic', readText(cursor)],
      ['payload', readBinary(cursor)],
      ['QoS', (flags >> 3) & 3],
      ['retain', (flags & 32) !== 0],
    ] as const;
    fields.push(['will', { entries: [...will, ...about] }]);
  }
  if ((flags & 128) !== 0) fields.push(['user name', readText(cursor)]);
  if ((flags & 64) !== 0) fields.push(['password', readBinary(cursor)]);
}

function readPublish(draft: Draft): void {
  const { cursor, flags, fields, isFive } = draft;
  const qos = (flags >> 1) & 3;
  draft.topic = textOf(cursor);
  fields.push(['topic', draft.topic], ['QoS', qos]);
  fields.push(['retain', (flags & 1) !== 0], ['duplicate', (flags & 8) !== 0]);
  if (qos > 0) takeId(draft);
  properties(draft, isFive);
  draft.payload = cursor.take(cursor.bytes.length - cursor.at)?.slice() ?? new Uint8Array();
}

/** Success goes without saying. */
function readAnswer(draft: Draft): void {
  takeId(draft);
  if (isMore(draft)) code(draft);
  properties(draft, isMore(draft));
}

function readEnd(draft: Draft): void {
  if (isMore(draft)) code(draft);
  properties(draft, isMore(draft));
}

function readCodes(draft: Draft): void {
  takeId(draft);
  properties(draft, draft.isFive && isMore(draft));
  while (isMore(draft) && draft.cursor.enter(0)) code(draft);
}

function readFilters(draft: Draft, hasOptions: boolean): void {
  const { cursor, filters, fields } = draft;
  takeId(draft);
  properties(draft, draft.isFive);
  while (isMore(draft) && cursor.enter(0)) {
    const filter = textOf(cursor);
    const options = hasOptions ? cursor.uint8() : 0;
    if (cursor.hasStopped()) return;
    filters.push(filter);
    fields.push(['topic filter', hasOptions ? optionsOf(filter, options) : filter]);
  }
}

/** 3.8.3.1; what is not said is left out. */
const optionsOf = (filter: string, options: number): Data => ({
  entries: [
    ['filter', filter],
    ['QoS', options & 3],
    ...((options & 4) === 0 ? [] : [['no local', true] as const]),
    ...((options & 8) === 0 ? [] : [['retain as published', true] as const]),
    ...((options & 48) === 0 ? [] : [['retain handling', (options >> 4) & 3] as const]),
  ],
});
