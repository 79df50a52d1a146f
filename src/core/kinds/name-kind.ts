import { type Data, isList } from '../decoded/data.ts';
import type { Part } from '../decoded/decoded.ts';
import { fieldsOfData, type Fields, shapeKey, type TypeField, typeValue } from './type-field.ts';

/** What a message is, and how that is known. */
export interface KindName {
  readonly name: string;
  readonly basis: KindBasis;
}

/**
 * - `protocol`: its protocol has a name for it
 * - `field`: a field of the app's own says it
 * - `shape`: by the names of its fields
 * - `format`: only what it is written in is known
 */
export type KindBasis = 'protocol' | 'field' | 'shape' | 'format';

/** Values that only say that something follows; a second field says what. */
const GENERIC =
  /^(?:event|events|message|msg|data|update|publish|dispatch|notification|next|\w+ \d+)$/iu;
const SECOND = [
  'event',
  'type',
  't',
  'name',
  'action',
  'topic',
  'channel',
  'method',
  'stream',
  'kind',
];
const WORD = /^[\p{L}\p{N}_:./-]{1,24}$/u;
const LONGEST_SHAPE = 60;

export function nameKind(
  part: Part,
  data: Data | undefined,
  { field, eventType }: { field: TypeField | undefined; eventType?: string | undefined },
): KindName {
  if (part.kind !== undefined) return { name: part.kind, basis: 'protocol' };
  // `message` is what an event stream says where its server says nothing (HTML, “dispatch the event”).
  if (eventType !== undefined && eventType !== 'message') {
    return { name: eventType, basis: 'protocol' };
  }
  const fields = fieldsOfData(data);
  if (fields !== undefined) return nameByFields(fields, field);
  if (data !== undefined && isList(data)) return nameList(data);
  return nameByFormat(part);
}

function nameByFields(fields: Fields, field: TypeField | undefined): KindName {
  const value = field === undefined ? undefined : typeValue(fields, field.name);
  if (field === undefined || value === undefined)
    return { name: shapeName(fields), basis: 'shape' };
  if (!GENERIC.test(value)) return { name: value, basis: 'field' };
  const second = SECOND.filter((name) => name !== field.name)
    .map((name) => typeValue(fields, name))
    .find((each) => each !== undefined);
  return { name: second === undefined ? value : `${value} › ${second}`, basis: 'field' };
}

function shapeName(fields: Fields): string {
  const names = shapeKey(fields);
  return names.length <= LONGEST_SHAPE ? `{${names}}` : `{${names.slice(0, LONGEST_SHAPE)}…}`;
}

/** Lists that begin with a word are named by it: `["quote", …]`. */
function nameList(data: readonly Data[]): KindName {
  const [first] = data;
  if (typeof first === 'string' && WORD.test(first) && data.length > 1) {
    return { name: first, basis: 'field' };
  }
  return { name: 'list', basis: 'shape' };
}

function nameByFormat({ layers }: Part): KindName {
  const layer = layers.at(-1);
  const content = layer?.content;
  if (content?.as === 'text' && WORD.test(content.text)) {
    return { name: `“${content.text}”`, basis: 'format' };
  }
  if (content?.as === 'media') return { name: content.mediaType, basis: 'format' };
  return { name: layer?.protocol ?? 'binary', basis: 'format' };
}
