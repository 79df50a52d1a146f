import { type Data, fieldsOf } from '../../core/decoded/data.ts';
import { MOST_DEPTH, MOST_VALUES } from '../decoder.ts';
import type { Stop } from './byte-cursor.ts';
import { exactInteger, utf8TextOf } from './exact.ts';
import { isPrintable } from './printable.ts';
import {
  fieldsIn,
  FIXED32,
  FIXED64,
  float32Of,
  float64Of,
  LENGTH_DELIMITED,
  VARINT,
  type WireField,
  zigzagOf,
} from './protobuf-wire.ts';

export interface ReadProtobuf {
  readonly data: Data;
  readonly stop?: Stop;
}

/**
 * What is left for guesses: fields that may still be read, and bytes that may still be looked into. Each guess
 * reads a part once more, so nesting is bounded by what all of them cost and not by depth alone.
 */
interface Budget {
  fields: number;
  bytes: number;
}

/**
 * Protobuf without its schema: a map from field numbers, repeated ones repeated, to what the wire type allows. A number
 * is given in each of its readings; what has a length is a string, a message or bytes by its looks, and its tag says so.
 */
export function readProtobuf(bytes: Uint8Array): ReadProtobuf {
  const budget = { fields: MOST_VALUES, bytes: 16 * bytes.length };
  const { fields, stop } = fieldsIn(bytes);
  return { data: messageOf(fields, 0, budget), ...(stop !== undefined && { stop }) };
}

function messageOf(fields: readonly WireField[], depth: number, budget: Budget): Data {
  budget.fields -= fields.length;
  return { entries: fields.map((field) => [field.number, valueOf(field, depth, budget)]) };
}

/** One field without a schema. */
export function schemalessValue(field: WireField): Data {
  return valueOf(field, 0, { fields: MOST_VALUES, bytes: 16 * field.bytes.length });
}

function valueOf(field: WireField, depth: number, budget: Budget): Data {
  const { type, bits, bytes } = field;
  switch (type) {
    case VARINT:
      return {
        tag: 'varint',
        value: fieldsOf({
          unsigned: exactInteger(bits),
          signed: bits >= 2n ** 63n ? exactInteger(BigInt.asIntN(64, bits)) : undefined,
          zigzag: exactInteger(zigzagOf(bits)),
        }),
      };
    case FIXED32:
      return {
        tag: 'fixed32',
        value: fieldsOf({
          float: float32Of(bits),
          unsigned: Number(bits),
          signed: bits >= 2n ** 31n ? Number(BigInt.asIntN(32, bits)) : undefined,
        }),
      };
    case FIXED64:
      return {
        tag: 'fixed64',
        value: fieldsOf({
          double: float64Of(bits),
          unsigned: exactInteger(bits),
          signed: bits >= 2n ** 63n ? exactInteger(BigInt.asIntN(64, bits)) : undefined,
        }),
      };
    case LENGTH_DELIMITED:
      return lengthDelimited(bytes, depth, budget);
  }
}

/**
 * A text that can be printed is a string, though it might be a message; only a line break at its start (the tag of a
 * message's first field, and rare in strings) speaks for the message.
 */
function lengthDelimited(bytes: Uint8Array, depth: number, budget: Budget): Data {
  if (bytes.length === 0) return { tag: 'empty string, message or bytes', value: '' };
  const text = utf8TextOf(bytes);
  const isText = text !== undefined && isPrintable(text);
  const inner = isText && !text.startsWith('\n') ? undefined : innerMessage(bytes, depth, budget);
  if (inner !== undefined) return { tag: 'message', value: inner };
  if (isText) return { tag: 'string', value: text };
  return { tag: 'bytes', value: bytes.slice() };
}

function innerMessage(bytes: Uint8Array, depth: number, budget: Budget): Data | undefined {
  if (depth >= MOST_DEPTH || bytes.length > budget.bytes) return undefined;
  budget.bytes -= bytes.length;
  const { fields, stop } = fieldsIn(bytes);
  if (stop !== undefined || fields.length > budget.fields) return undefined;
  return messageOf(fields, depth + 1, budget);
}
