import { formatCountOf } from '../../core/format.ts';
import { type Data, isBytes, isList, isMap, isTagged } from '../../core/decoded/data.ts';
import type { ProtocolId } from '../../core/decoded/decoded.ts';
import {
  credenceOf,
  ENOUGH_LETTERS,
  hasUsualNumbers,
  isCredible,
  isSelfDescribed,
} from './credence.ts';
import type { Found } from './format.ts';
import { readCbor } from './read-cbor.ts';
import { readMsgpack } from './read-msgpack.ts';
import { readProtobuf, type ReadProtobuf } from './read-protobuf.ts';
import type { ReadValues } from './read-values.ts';

type ValueProtocol = Extract<ProtocolId, 'msgpack' | 'cbor' | 'protobuf'>;

/** Values as they are shown: one as itself, more as a list. */
export function valuesFound(protocol: ValueProtocol, { values, stop }: ReadValues): Found {
  const [value] = values;
  const data = values.length === 1 && value !== undefined ? value : values;
  const summary = values.length === 1 ? describe(data) : formatCountOf(values.length, 'value');
  return {
    layer: { protocol, summary, ...(values.length > 0 && { content: { as: 'data', data } }) },
    ...(stop !== undefined && { stop }),
  };
}

export function describe(data: Data): string {
  if (isList(data)) return formatCountOf(data.length, 'item');
  if (isMap(data)) return formatCountOf(data.entries.length, 'key');
  if (isBytes(data)) return formatCountOf(data.length, 'byte');
  if (isTagged(data)) return data.tag;
  return typeof data === 'string' ? 'text' : String(data);
}

export function findMsgpack(bytes: Uint8Array): Found | undefined {
  const read = readMsgpack(bytes);
  return isCredible(read) ? valuesFound('msgpack', read) : undefined;
}

export function findCbor(bytes: Uint8Array): Found | undefined {
  const read = readCbor(bytes);
  return isSelfDescribed(bytes) || isCredible(read) ? valuesFound('cbor', read) : undefined;
}

/** @param why in its summary: why the fields have no names */
export function protobufFound({ data, stop }: ReadProtobuf, why = 'read without a schema'): Found {
  const count = isMap(data) ? data.entries.length : 0;
  const summary = `${formatCountOf(count, 'field')}, ${why}`;
  return {
    layer: { protocol: 'protobuf', summary, content: { as: 'data', data } },
    ...(stop !== undefined && { stop }),
  };
}

/** Two fields or more with usual numbers, and text in them: much that is none of it parses as Protobuf. */
export function findProtobuf(bytes: Uint8Array): Found | undefined {
  const read = readProtobuf(bytes);
  const { data, stop } = read;
  if (stop !== undefined || !isMap(data) || data.entries.length < 2) return undefined;
  if (!hasUsualNumbers(data.entries)) return undefined;
  const { letters, isOdd } = credenceOf(data);
  return letters >= ENOUGH_LETTERS && !isOdd ? protobufFound(read) : undefined;
}
