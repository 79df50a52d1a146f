import { type Data, isMap } from '../decoded/data.ts';
import { keyText } from '../shape/shape.ts';

/** The field by which an app tells its messages apart. */
export interface TypeField {
  readonly name: string;
  /** Why, in plain words. */
  readonly evidence: string;
}

/** Names that say what a message is; one message is enough. */
const STRONG = [
  'type',
  'event',
  'eventType',
  'event_type',
  'op',
  'action',
  'method',
  'cmd',
  'command',
  'kind',
  'msgType',
  'msg_type',
  'messageType',
  'message_type',
  'opcode',
  '@type',
  '$type',
  '__typename',
];
/** Names that may as well be data: these have to show that few values come again and again. */
const WEAK = ['t', 'e', 'topic', 'channel', 'stream', 'name', 'subject', 'msg', 'category', 'code'];

const LONGEST_VALUE = 64;
const ENOUGH_FOR_WEAK = 8;
const ENOUGH_FOR_ANY = 16;
const MOST_VALUES = 48;

export type Fields = ReadonlyMap<string, Data>;

export const fieldsOfData = (data: Data | undefined): Fields | undefined =>
  data !== undefined && isMap(data)
    ? new Map(data.entries.map(([key, value]) => [keyText(key), value]))
    : undefined;

/** What a field says the kind is; numbers are told by the field's name too. */
export function typeValue(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  if (typeof value === 'string') {
    return value !== '' && value.length <= LONGEST_VALUE ? value : undefined;
  }
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 10_000
    ? `${name} ${value}`
    : undefined;
}

interface Candidate {
  name: string;
  present: number;
  values: Map<string, number>;
}

/** The field that tells the messages of one direction apart, from the first ones; `undefined` where none shows itself. */
export function findTypeField(messages: readonly Fields[]): TypeField | undefined {
  const count = messages.length;
  if (count === 0) return undefined;
  const strong = STRONG.map((name) => candidate(messages, name)).find(
    ({ present, values }) => present >= 0.8 * count && isFew(values.size, present),
  );
  if (strong !== undefined) return told(strong, count, 'a usual name');
  if (count >= ENOUGH_FOR_WEAK) {
    const weak = WEAK.map((name) => candidate(messages, name)).find(
      ({ present, values }) => present >= 0.9 * count && values.size <= count / 4,
    );
    if (weak !== undefined) return told(weak, count, 'a usual name, and few values');
  }
  return count >= ENOUGH_FOR_ANY ? findByShape(messages) : undefined;
}

const isFew = (values: number, messages: number): boolean =>
  values <= MOST_VALUES && (messages < 8 || values <= 0.75 * messages);

function candidate(messages: readonly Fields[], name: string): Candidate {
  const values = new Map<string, number>();
  let present = 0;
  for (const fields of messages) {
    const value = typeValue(fields, name);
    if (value === undefined) continue;
    present += 1;
    values.set(value, (values.get(value) ?? 0) + 1);
  }
  return { name, present, values };
}

const told = ({ name, present, values }: Candidate, count: number, why: string): TypeField => ({
  name,
  evidence: `field “${name}”: ${why}; in ${present} of the first ${count} messages, ${values.size} different ${values.size === 1 ? 'value' : 'values'}`,
});

/** A field of any name whose few values go along with different fields beside it. */
function findByShape(messages: readonly Fields[]): TypeField | undefined {
  const count = messages.length;
  const names = new Set(messages.flatMap((fields) => [...fields.keys()]));
  const shapes = messages.map(shapeKey);
  const different = new Set(shapes).size;
  if (different < 2) return undefined;
  for (const name of names) {
    const found = candidate(messages, name);
    const { present, values } = found;
    if (present < 0.95 * count || values.size < 2 || values.size > Math.min(12, count / 4))
      continue;
    if (typeof messages[0]?.get(name) !== 'string') continue;
    if (purity(messages, shapes, name) >= 0.9) {
      return told(found, count, 'each of its values goes with fields of its own');
    }
  }
  return undefined;
}

/** A message's fields by name: `bid, seq, ts`. */
export const shapeKey = (fields: Fields): string => [...fields.keys()].sort().join(', ');

/** How many messages have the shape that is the most frequent for their value. */
function purity(messages: readonly Fields[], shapes: readonly string[], name: string): number {
  const shapesOf = new Map<string, Map<string, number>>();
  messages.forEach((fields, index) => {
    const value = typeValue(fields, name) ?? '';
    const seen = shapesOf.get(value) ?? new Map<string, number>();
    shapesOf.set(value, seen);
    const shape = shapes[index] ?? '';
    seen.set(shape, (seen.get(shape) ?? 0) + 1);
  });
  const usual = [...shapesOf.values()].map((seen) => Math.max(...seen.values()));
  // One shape that stands for all values tells none of them apart.
  const leading = [...shapesOf.values()].map(
    (seen) => [...seen].sort(([, a], [, b]) => b - a)[0]?.[0],
  );
  if (new Set(leading).size < 2) return 0;
  return usual.reduce((sum, each) => sum + each, 0) / messages.length;
}
