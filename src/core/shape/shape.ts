import { type Data, isBytes, isList, isMap, isTagged } from '../decoded/data.ts';

/**
 * What values of one place look like: which types they have, how often, and within which bounds.
 * It grows with what differs, never with how much there is.
 */
export interface Shape {
  /** Values seen in this place. */
  count: number;
  nulls: number;
  booleans: number;
  numbers: NumberShape | undefined;
  strings: StringShape | undefined;
  bytes: number;
  lists: ListShape | undefined;
  objects: ObjectShape | undefined;
  /** Values with a name of their format, by that name. */
  tagged: Map<string, number> | undefined;
}

export interface NumberShape {
  count: number;
  least: number;
  most: number;
  isWhole: boolean;
}

export interface StringShape {
  count: number;
  shortest: number;
  longest: number;
  /** Each different text and how often; `undefined` once there are too many. */
  values: Map<string, number> | undefined;
  /** What all of them are, as JSON Schema names it. */
  format: StringFormat | undefined;
}

export type StringFormat = 'date-time' | 'date' | 'uuid' | 'uri' | 'email';

export interface ListShape {
  count: number;
  shortest: number;
  longest: number;
  items: Shape;
}

export interface ObjectShape {
  count: number;
  fields: Map<string, Shape>;
  /** Of the fields that are no longer told apart: the keys are data themselves. */
  rest: Shape | undefined;
}

/** An object with more different keys than this is a dictionary. */
const MOST_FIELDS = 120;
const MOST_TEXTS = 12;
const LONGEST_TEXT = 40;
const DEEPEST = 12;
/** Items looked at in one list: its first ones speak for it. */
const MOST_ITEMS = 100;

export const createShape = (): Shape => ({
  count: 0,
  nulls: 0,
  booleans: 0,
  numbers: undefined,
  strings: undefined,
  bytes: 0,
  lists: undefined,
  objects: undefined,
  tagged: undefined,
});

/** Takes one more value in. */
export function addToShape(shape: Shape, data: Data, depth = 0): void {
  shape.count += 1;
  if (data === null) shape.nulls += 1;
  else if (typeof data === 'boolean') shape.booleans += 1;
  else if (typeof data === 'number' || typeof data === 'bigint') addNumber(shape, data);
  else if (typeof data === 'string') addString(shape, data);
  else if (isBytes(data)) shape.bytes += 1;
  else if (isTagged(data)) {
    shape.tagged ??= new Map();
    if (shape.tagged.has(data.tag) || shape.tagged.size < MOST_TEXTS) {
      shape.tagged.set(data.tag, (shape.tagged.get(data.tag) ?? 0) + 1);
    }
  } else if (isList(data)) addList(shape, data, depth);
  else if (isMap(data)) addObject(shape, data.entries, depth);
}

function addNumber(shape: Shape, data: number | bigint): void {
  const value = Number(data);
  const isWhole = typeof data === 'bigint' || Number.isInteger(data);
  const known = (shape.numbers ??= { count: 0, least: value, most: value, isWhole: true });
  known.count += 1;
  known.least = Math.min(known.least, value);
  known.most = Math.max(known.most, value);
  known.isWhole &&= isWhole;
}

function addString(shape: Shape, data: string): void {
  const { length } = data;
  const known = (shape.strings ??= {
    count: 0,
    shortest: length,
    longest: length,
    values: new Map<string, number>(),
    format: formatOf(data),
  });
  known.count += 1;
  known.shortest = Math.min(known.shortest, length);
  known.longest = Math.max(known.longest, length);
  if (known.format !== undefined && formatOf(data) !== known.format) known.format = undefined;
  const { values } = known;
  if (values === undefined) return;
  const seen = values.get(data);
  if (length > LONGEST_TEXT || (seen === undefined && values.size >= MOST_TEXTS)) {
    known.values = undefined;
  } else values.set(data, (seen ?? 0) + 1);
}

const FORMATS: readonly (readonly [StringFormat, RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)$/u],
  ['date', /^\d{4}-\d\d-\d\d$/u],
  ['uuid', /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu],
  ['uri', /^[a-z][a-z\d+.-]{1,20}:\/\/[^\s]+$/iu],
  ['email', /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,63}$/u],
];

function formatOf(text: string): StringFormat | undefined {
  if (text.length < 5 || text.length > 2_000) return undefined;
  return FORMATS.find(([, pattern]) => pattern.test(text))?.[0];
}

function addList(shape: Shape, data: readonly Data[], depth: number): void {
  const { length } = data;
  const known = (shape.lists ??= {
    count: 0,
    shortest: length,
    longest: length,
    items: createShape(),
  });
  known.count += 1;
  known.shortest = Math.min(known.shortest, length);
  known.longest = Math.max(known.longest, length);
  if (depth >= DEEPEST) return;
  for (const item of data.slice(0, MOST_ITEMS)) addToShape(known.items, item, depth + 1);
}

function addObject(
  shape: Shape,
  entries: readonly (readonly [key: Data, value: Data])[],
  depth: number,
): void {
  const known = (shape.objects ??= { count: 0, fields: new Map(), rest: undefined });
  known.count += 1;
  if (depth >= DEEPEST) return;
  const seen = new Set<string>();
  for (const [name, value] of entries.slice(0, 4 * MOST_FIELDS)) {
    const key = keyText(name);
    // Of doubled keys the first one counts for how often the field is there.
    if (seen.has(key)) continue;
    seen.add(key);
    addToShape(fieldShape(known, key), value, depth + 1);
  }
}

function fieldShape(known: ObjectShape, key: string): Shape {
  const field = known.fields.get(key);
  if (field !== undefined) return field;
  if (known.fields.size >= MOST_FIELDS) return (known.rest ??= createShape());
  const fresh = createShape();
  known.fields.set(key, fresh);
  return fresh;
}

/** A key that is no text is named by its value. */
export function keyText(key: Data): string {
  if (typeof key === 'string') return key;
  if (key === null || typeof key !== 'object') return String(key);
  return isBytes(key)
    ? `${key.length} bytes`
    : isTagged(key)
      ? key.tag
      : isList(key)
        ? 'list'
        : 'map';
}

/** Texts that come again and again, few of them: an enumeration. */
export function enumerated({ values, count }: StringShape): string[] | undefined {
  if (values === undefined || values.size === 0) return undefined;
  return count >= 2 * values.size && count > 3 ? [...values.keys()].sort() : undefined;
}
