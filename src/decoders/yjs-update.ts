import { type Data, fieldsOf } from '../core/decoded/data.ts';
import { ByteCursor, type Stop } from './formats/byte-cursor.ts';
import { readItems } from './formats/read-values.ts';
import { readAny, readLib0Text } from './lib0-any.ts';
import { readBytes, readNumber } from './yjs-frame.ts';

/** What an update writes, and what it deletes. */
export interface YjsUpdate {
  readonly items: readonly Data[];
  readonly deleted: readonly Data[];
  /** Text that it inserts, for a summary. */
  readonly text: string;
  readonly stop?: Stop;
}

interface Reading {
  readonly cursor: ByteCursor;
  readonly items: Data[];
  text: string;
}

/**
 * An update in the first encoding, as all providers send it (`encodeStateAsUpdate` in yjs). Yjs itself reads it into
 * objects of a document and tells no place where it stops.
 */
export function readYjsUpdate(bytes: Uint8Array): YjsUpdate {
  const cursor = new ByteCursor(bytes);
  const reading: Reading = { cursor, items: [], text: '' };
  const clients = Number(readNumber(cursor));
  for (let i = 0; i < clients && cursor.enter(0); i += 1) readClient(reading);
  const deleted = readDeleted(cursor);
  if (!cursor.isAtEnd) cursor.fail('bytes after the end of the update');
  const { items, text } = reading;
  return { items, deleted, text, ...(cursor.stop !== undefined && { stop: cursor.stop }) };
}

const GC = 0;
const SKIP = 10;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const CONTENT = 0x1f;

function readClient(reading: Reading): void {
  const { cursor, items } = reading;
  const count = Number(readNumber(cursor));
  const client = readNumber(cursor);
  let clock = Number(readNumber(cursor));
  for (let i = 0; i < count && cursor.enter(1); i += 1) {
    const info = cursor.uint8();
    const id = `${client}:${clock}`;
    const read = info === GC || info === SKIP ? readGap(cursor, info) : readItem(reading, info);
    if (cursor.hasStopped()) return;
    items.push(fieldsOf({ id, ...read.fields }));
    clock += read.length;
  }
}

/** How many clocks it takes, and what it says. */
interface Struct {
  readonly length: number;
  readonly fields: Readonly<Record<string, Data | undefined>>;
}

function readGap(cursor: ByteCursor, info: number): Struct {
  const length = Number(readNumber(cursor));
  return { length, fields: { [info === GC ? 'collected' : 'skipped']: length } };
}

const idAt = (cursor: ByteCursor): string => `${readNumber(cursor)}:${readNumber(cursor)}`;

function readItem(reading: Reading, info: number): Struct {
  const { cursor } = reading;
  const after = (info & HAS_ORIGIN) === 0 ? undefined : idAt(cursor);
  const before = (info & HAS_RIGHT_ORIGIN) === 0 ? undefined : idAt(cursor);
  // Its neighbours tell its parent.
  const isAlone = after === undefined && before === undefined;
  const parent = isAlone ? readParent(cursor) : undefined;
  const key = isAlone && (info & HAS_KEY) !== 0 ? readLib0Text(cursor) : undefined;
  const from = cursor.at;
  const read = CONTENTS[info & CONTENT];
  if (read === undefined) {
    cursor.fail(`there is no content of type ${info & CONTENT}`, from);
    return { length: 0, fields: {} };
  }
  const { length, fields } = read(cursor);
  const { text } = fields;
  if (typeof text === 'string') reading.text += text;
  return { length, fields: { parent, key, after, before, ...fields } };
}

/** A type of the document by its name, or the item that holds it. */
function readParent(cursor: ByteCursor): Data {
  return readNumber(cursor) === 1 ? readLib0Text(cursor) : { tag: 'item', value: idAt(cursor) };
}

const one = (fields: Struct['fields']): Struct => ({ length: 1, fields });
const SHARED_TYPES = ['Array', 'Map', 'Text', 'XmlElement', 'XmlFragment', 'XmlHook', 'XmlText'];
const NAMED_TYPES = new Set(['XmlElement', 'XmlHook']);

/** By the number in `info` (`readItemContent` in yjs). */
const CONTENTS: readonly (((cursor: ByteCursor) => Struct) | undefined)[] = [
  undefined,
  (cursor) => {
    const length = Number(readNumber(cursor));
    return { length, fields: { deleted: length } };
  },
  (cursor) => {
    const values = readItems(cursor, Number(readNumber(cursor)), 0, readLib0Text);
    return { length: values.length, fields: { json: values } };
  },
  (cursor) => one({ bytes: readBytes(cursor).slice() }),
  (cursor) => {
    const text = readLib0Text(cursor);
    return { length: typeof text === 'string' ? text.length : 1, fields: { text } };
  },
  (cursor) => one({ embed: readLib0Text(cursor) }),
  (cursor) => one({ format: { entries: [[readLib0Text(cursor), readLib0Text(cursor)]] } }),
  (cursor) => {
    const type = Number(readNumber(cursor));
    const name = SHARED_TYPES[type] ?? `type ${type}`;
    return one({ type: name, name: NAMED_TYPES.has(name) ? readLib0Text(cursor) : undefined });
  },
  (cursor) => {
    const values = readItems(cursor, Number(readNumber(cursor)), 0, readAny);
    return { length: values.length, fields: { values } };
  },
  (cursor) => one({ document: readLib0Text(cursor), options: readAny(cursor, 1) }),
];

/** Client by client, from which clock on how many. */
function readDeleted(cursor: ByteCursor): Data[] {
  const deleted: Data[] = [];
  const clients = Number(readNumber(cursor));
  for (let i = 0; i < clients && cursor.enter(0); i += 1) {
    const client = readNumber(cursor);
    const count = Number(readNumber(cursor));
    for (let j = 0; j < count && cursor.enter(1); j += 1) {
      const id = idOf(client, cursor);
      const length = readNumber(cursor);
      if (!cursor.hasStopped()) deleted.push(fieldsOf({ id, length }));
    }
  }
  return deleted;
}

const idOf = (client: number | bigint, cursor: ByteCursor): string =>
  `${client}:${readNumber(cursor)}`;
