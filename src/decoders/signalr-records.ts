import { type Data, isList } from '../core/decoded/data.ts';
import type { Content } from '../core/decoded/decoded.ts';
import { readMsgpack } from './formats/read-msgpack.ts';
import { readJsonObject } from './json-parts.ts';
import { wordOf } from './json-content.ts';

/** After each JSON record. */
export const RECORD_END = '\u{1e}';
const RECORD_END_BYTE = 0x1e;
const BRACE = 0x7b;
const MOST_LENGTH_BYTES = 5;

/** A message of the hub protocol, whichever encoding wrote it. */
export interface HubRecord {
  /** `handshake` has no type. */
  readonly type: number | 'handshake';
  readonly invocationId?: string | undefined;
  readonly target?: string | undefined;
  readonly error?: string | undefined;
  readonly content?: Content | undefined;
}

/** Also where records are binary, the handshake is JSON. */
export const isTextInBytes = (bytes: Uint8Array): boolean =>
  bytes[0] === BRACE && bytes.at(-1) === RECORD_END_BYTE;

/** Records by the lengths in front of them; `rest` is where no whole one follows. */
export function binaryRecords(bytes: Uint8Array): { records: Uint8Array[]; rest: number } {
  const records: Uint8Array[] = [];
  let rest = 0;
  while (rest < bytes.length) {
    let length = 0;
    let from = rest;
    for (let index = 0; index < MOST_LENGTH_BYTES; index += 1) {
      const byte = bytes[from] ?? 0;
      length += (byte & 0x7f) * 2 ** (7 * index);
      from += 1;
      if (byte < 0x80) break;
    }
    if (length === 0 || from + length > bytes.length) break;
    records.push(bytes.subarray(from, from + length));
    rest = from + length;
  }
  return { records, rest };
}

export function readTextRecord(text: string): HubRecord | undefined {
  const object = readJsonObject(text);
  if (object === undefined) return undefined;
  const { type, invocationId, target, error } = object.value;
  const asJson = (slice: string | undefined): Content | undefined =>
    slice === undefined ? undefined : { as: 'json', text: slice };
  if (type === undefined) {
    return { type: 'handshake', error: wordOf(error), content: { as: 'json', text } };
  }
  if (typeof type !== 'number') return undefined;
  return {
    type,
    invocationId: wordOf(invocationId),
    target: wordOf(target),
    error: wordOf(error),
    content: asJson(object.slice('arguments') ?? object.slice('item') ?? object.slice('result')),
  };
}

const ERROR_RESULT = 1;
const WITH_RESULT = 3;

export function readBinaryRecord(bytes: Uint8Array): HubRecord | undefined {
  const [list] = readMsgpack(bytes).values;
  if (list === undefined || !isList(list)) return undefined;
  const [type, second, id, fourth, fifth] = list;
  if (typeof type !== 'number') return undefined;
  const word = (data: Data | undefined) => (typeof data === 'string' ? data : undefined);
  const data = (value: Data | undefined): Content | undefined =>
    value === undefined ? undefined : { as: 'data', data: value };
  switch (type) {
    case 1:
    case 4:
      return { type, invocationId: word(id), target: word(fourth), content: data(fifth) };
    case 2:
      return { type, invocationId: word(id), content: data(fourth) };
    case 3:
      return {
        type,
        invocationId: word(id),
        error: fourth === ERROR_RESULT ? (word(fifth) ?? 'an error') : undefined,
        content: fourth === WITH_RESULT ? data(fifth) : undefined,
      };
    case 5:
      return { type, invocationId: word(id) };
    default:
      return { type, error: word(second) };
  }
}
