import { formatCount } from '../format.ts';
import { enumerated, type NumberShape, type Shape, type StringShape } from './shape.ts';

/** A place in a shape, as a line of a tree tells it. */
export interface ShapeLine {
  readonly name: string;
  readonly shape: Shape;
  /** How often it is there, where what is around it is there: between 0 and 1. */
  readonly share: number;
  /** What it can be: `text`, `number or null`, `list of objects`. */
  readonly types: string;
  /** What is known beside that: bounds, formats, enumerations. */
  readonly notes: readonly string[];
}

const MOST_NAMED = 12;

/** What is inside: the fields of objects, and of the objects of a list. */
export function shapeLines({ objects, lists }: Shape): ShapeLine[] {
  const lines: ShapeLine[] = [];
  if (objects !== undefined) {
    for (const [name, field] of objects.fields) {
      lines.push(lineOf(name, field, field.count / objects.count));
    }
    if (objects.rest !== undefined) lines.push(lineOf('other fields', objects.rest, 1));
  }
  if (lists !== undefined) {
    const { items } = lists;
    const inner = shapeLines(items);
    const isOnlyAround = inner.length > 0 && kindsIn(items) === 1;
    lines.push(...(isOnlyAround ? inner : items.count > 0 ? [lineOf('each item', items, 1)] : []));
  }
  return lines;
}

const lineOf = (name: string, shape: Shape, share: number): ShapeLine => ({
  name,
  shape,
  share: Math.min(1, share),
  types: typesOf(shape),
  notes: notesOf(shape),
});

/** How many different types of values there are. */
const kindsIn = ({ nulls, booleans, numbers, strings, bytes, lists, objects, tagged }: Shape) =>
  [
    nulls > 0,
    booleans > 0,
    numbers !== undefined,
    strings !== undefined,
    bytes > 0,
    lists !== undefined,
    objects !== undefined,
    tagged !== undefined,
  ].filter(Boolean).length;

/** What values of a place can be, in plain words. */
export function typesOf(shape: Shape): string {
  const { nulls, booleans, numbers, strings, bytes, lists, objects, tagged } = shape;
  const types: string[] = [];
  if (objects !== undefined) types.push('object');
  if (lists !== undefined) {
    types.push(lists.items.count === 0 ? 'empty list' : `list of ${plural(typesOf(lists.items))}`);
  }
  if (strings !== undefined) types.push('text');
  if (numbers !== undefined) types.push('number');
  if (booleans > 0) types.push('true or false');
  if (bytes > 0) types.push('bytes');
  if (tagged !== undefined) types.push(...tagged.keys());
  if (nulls > 0) types.push('null');
  return types.join(' or ');
}

const plural = (types: string): string =>
  types
    .split(' or ')
    .map((type) => (/^(?:object|number|text)$/u.test(type) ? `${type}s` : type))
    .join(' or ');

function notesOf({ numbers, strings, lists }: Shape): string[] {
  return [
    ...(numbers === undefined ? [] : [rangeOf(numbers)]),
    ...(strings === undefined ? [] : textNotes(strings)),
    ...(lists === undefined ? [] : [span(lists.shortest, lists.longest, 'item')]),
  ];
}

function rangeOf({ least, most, isWhole, count }: NumberShape): string {
  if (least === most) return count === 1 ? String(least) : `always ${least}`;
  return `${least} to ${most}${isWhole ? ', whole' : ''}`;
}

function textNotes(strings: StringShape): string[] {
  const texts = enumerated(strings);
  if (texts !== undefined) {
    const named = texts.slice(0, MOST_NAMED).map((text) => `“${text}”`);
    return [texts.length === 1 ? `always ${named.join('')}` : `one of ${named.join(', ')}`];
  }
  const length = span(strings.shortest, strings.longest, 'character');
  return strings.format === undefined ? [length] : [strings.format, length];
}

function span(least: number, most: number, one: string): string {
  const unit = most === 1 ? one : `${one}s`;
  return least === most
    ? `${formatCount(most)} ${unit}`
    : `${formatCount(least)} to ${formatCount(most)} ${unit}`;
}

/** `in 93 %`, never rounded up to always; empty where it always is there. */
export function presenceWords(share: number): string {
  if (share >= 1) return '';
  const percent = share * 100;
  return percent < 1 ? 'in under 1 %' : `in ${Math.floor(percent)} %`;
}
