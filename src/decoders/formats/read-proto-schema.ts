import type { Data } from '../../core/decoded/data.ts';
import { MOST_DEPTH } from '../decoder.ts';
import { ByteCursor, type Stop } from './byte-cursor.ts';
import { SCALARS } from './proto-scalars.ts';
import type { ProtoField, ProtoSchema, ProtoType } from './proto-schema.ts';
import {
  LENGTH_DELIMITED,
  readBits,
  readField,
  VARINT,
  type WireField,
  type WireType,
} from './protobuf-wire.ts';
import { schemalessValue } from './read-protobuf.ts';

export interface ReadWithSchema {
  readonly data: Data;
  /** Fields that the schema names, on all levels. */
  readonly known: number;
  /** Fields that it does not know, or of which it says another wire type; and messages that are none. */
  readonly strange: number;
  readonly stop?: Stop;
}

/** One message being read: the bound on all its values, and how well the schema fits. */
interface Reading {
  readonly schema: ProtoSchema;
  /** The cursor of the outermost message counts the values of all. */
  readonly outer: ByteCursor;
  known: number;
  strange: number;
}

/**
 * Reads a message by its schema. Fields that it does not know keep their numbers, and a field that is there twice
 * though it is not repeated stands there twice; nothing is left out, and no default is put in.
 */
export function readWithSchema(
  schema: ProtoSchema,
  type: string,
  bytes: Uint8Array,
): ReadWithSchema {
  const outer = new ByteCursor(bytes);
  const reading: Reading = { schema, outer, known: 0, strange: 0 };
  const data = readMessage(reading, type, outer, 0);
  const { known, strange } = reading;
  return { data, known, strange, ...(outer.stop !== undefined && { stop: outer.stop }) };
}

function readMessage(reading: Reading, name: string, cursor: ByteCursor, depth: number): Data {
  const fields = reading.schema.messages.get(name)?.fields;
  const entries: [Data, Data][] = [];
  /** Where repeated fields stand: at their first place. */
  const lists = new Map<number, Data[]>();
  const maps = new Map<number, [Data, Data][]>();
  while (reading.outer.enter(depth)) {
    const field = readField(cursor);
    if (field === undefined) break;
    const known = fields?.get(field.number);
    if (known !== undefined && isMapEntry(known, field, depth)) {
      const entry = readEntry(reading, known, field.bytes, depth);
      append(maps, field.number, entry, (all) => entries.push([known.name, { entries: all }]));
      reading.known += 1;
      continue;
    }
    const values = known && valuesOf(reading, known, field, depth);
    if (known === undefined || values === undefined) {
      reading.strange += 1;
      entries.push([field.number, schemalessValue(field)]);
      continue;
    }
    reading.known += 1;
    for (const value of values) {
      if (known.isRepeated) {
        append(lists, field.number, value, (all) => entries.push([known.name, all]));
      } else {
        entries.push([known.name, value]);
      }
    }
  }
  if (cursor !== reading.outer && cursor.stop !== undefined) {
    reading.strange += 1;
    entries.push([cursor.stop.reason, cursor.bytes.slice(cursor.stop.offset)]);
  }
  return { entries };
}

/** @param begin puts a new list where its field was first seen */
function append<T>(
  known: Map<number, T[]>,
  number: number,
  item: T,
  begin: (all: T[]) => void,
): void {
  const all = known.get(number);
  if (all !== undefined) {
    all.push(item);
    return;
  }
  const first = [item];
  known.set(number, first);
  begin(first);
}

const wireTypeOf = (type: ProtoType): WireType => {
  if (type.is === 'scalar') return SCALARS[type.scalar].wire;
  return type.is === 'enum' ? VARINT : LENGTH_DELIMITED;
};

/** `undefined` where the wire type is another one than the schema says. */
function valuesOf(
  reading: Reading,
  known: ProtoField,
  field: WireField,
  depth: number,
): Data[] | undefined {
  if (known.keyType !== undefined) return undefined;
  if (field.type === wireTypeOf(known.type)) return [valueOf(reading, known.type, field, depth)];
  if (!known.isRepeated || field.type !== LENGTH_DELIMITED) return undefined;
  return packedValues(reading, known.type, field.bytes);
}

function valueOf(
  reading: Reading,
  type: ProtoType,
  field: Pick<WireField, 'bits' | 'bytes'>,
  depth: number,
): Data {
  switch (type.is) {
    case 'scalar':
      return SCALARS[type.scalar].read(field);
    case 'enum': {
      const value = Number(BigInt.asIntN(32, field.bits));
      const name = type.names.get(value);
      return name === undefined ? value : { tag: `${type.name}.${name}`, value };
    }
    case 'message':
      return depth < MOST_DEPTH
        ? readMessage(reading, type.name, new ByteCursor(field.bytes), depth + 1)
        : { tag: `nested deeper than ${MOST_DEPTH}`, value: field.bytes.slice() };
  }
}

/** Numbers one after another without tags. */
function packedValues(reading: Reading, type: ProtoType, bytes: Uint8Array): Data[] | undefined {
  const wire = wireTypeOf(type);
  if (wire === LENGTH_DELIMITED) return undefined;
  const cursor = new ByteCursor(bytes);
  const values: Data[] = [];
  while (!cursor.isAtEnd && reading.outer.enter(0)) {
    const bits = readBits(cursor, wire);
    if (cursor.stop !== undefined) return undefined;
    values.push(valueOf(reading, type, { bits, bytes }, 0));
  }
  return values;
}

const isMapEntry = ({ keyType }: ProtoField, { type }: WireField, depth: number): boolean =>
  keyType !== undefined && type === LENGTH_DELIMITED && depth < MOST_DEPTH;

const DEFAULT: Data = { tag: 'default', value: null };

/** An entry of a map is a message with its key as field 1 and its value as field 2; each may be left out. */
function readEntry(
  reading: Reading,
  { keyType = 'string', type }: ProtoField,
  bytes: Uint8Array,
  depth: number,
): [Data, Data] {
  const cursor = new ByteCursor(bytes);
  let [key, value] = [DEFAULT, DEFAULT];
  while (reading.outer.enter(depth)) {
    const field = readField(cursor);
    if (field === undefined) break;
    if (field.number === 1 && field.type === SCALARS[keyType].wire) {
      key = SCALARS[keyType].read(field);
    } else if (field.number === 2 && field.type === wireTypeOf(type)) {
      value = valueOf(reading, type, field, depth + 1);
    } else {
      reading.strange += 1;
    }
  }
  if (cursor.stop !== undefined) reading.strange += 1;
  return [key, value];
}
