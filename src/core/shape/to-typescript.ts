import { enumerated, type ObjectShape, type Shape } from './shape.ts';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const INDENT = '  ';

/** A name as a TypeScript type may have it: `price update` becomes `PriceUpdate`. */
export function typeNameOf(kind: string): string {
  const words = kind.match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) ? name : `Message${name}`;
}

/** What was seen, as a TypeScript type; bounds that TypeScript cannot say stand in comments. */
export function shapeToTypeScript(shape: Shape, name: string): string {
  return `/** Concluded from ${shape.count} ${shape.count === 1 ? 'message' : 'messages'}. */\nexport type ${typeNameOf(name)} = ${typeOf(shape, '')};\n`;
}

function typeOf(shape: Shape, indent: string): string {
  const types: string[] = [];
  const { strings, numbers, lists, objects, tagged } = shape;
  if (objects !== undefined) types.push(objectType(objects, indent));
  if (lists !== undefined) types.push(listType(typeOf(lists.items, indent)));
  if (strings !== undefined) {
    types.push(...(enumerated(strings)?.map((text) => quoted(text)) ?? ['string']));
  }
  if (numbers !== undefined) types.push('number');
  if (shape.booleans > 0) types.push('boolean');
  if (shape.bytes > 0) types.push('Uint8Array');
  if (tagged !== undefined) types.push('unknown');
  if (shape.nulls > 0) types.push('null');
  return types.length === 0 ? 'unknown' : types.join(' | ');
}

const listType = (item: string): string =>
  /^[\w$]+$/u.test(item) || (item.startsWith('{') && !item.includes('} |'))
    ? `${item}[]`
    : `(${item})[]`;

/** A text of JSON is one of TypeScript, also with a line separator in it. */
const quoted = (text: string): string => JSON.stringify(text);

function objectType({ fields, rest, count }: ObjectShape, indent: string): string {
  const inner = indent + INDENT;
  const lines = [...fields].map(([name, field]) => {
    const mark = field.count < count ? '?' : '';
    const key = IDENTIFIER.test(name) ? name : quoted(name);
    return `${inner}${key}${mark}: ${typeOf(field, inner)};${boundsOf(field)}`;
  });
  if (rest !== undefined) lines.push(`${inner}[key: string]: unknown;`);
  return lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('\n')}\n${indent}}`;
}

/** What a type does not say. */
function boundsOf({ numbers, strings }: Shape): string {
  const notes: string[] = [];
  if (numbers !== undefined && numbers.count > 1) {
    const { least, most, isWhole } = numbers;
    const range = least === most ? `always ${least}` : `${least} to ${most}`;
    notes.push(isWhole ? `${range}, whole` : range);
  }
  if (strings?.format !== undefined) notes.push(strings.format);
  return notes.length === 0 ? '' : ` // ${notes.join('; ')}`;
}
