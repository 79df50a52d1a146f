import { createNumberColumn, type NumberColumn } from '../column.ts';
import {
  afterComma,
  childAt,
  decodeString,
  isJson,
  type JsonKind,
  kindAt,
  skipSpace,
  valueAfterKey,
} from './json-scan.ts';

/** A value of a JSON text, by its place in the text. */
export interface JsonNode {
  /** Unlike every other node's. */
  readonly id: number;
  readonly kind: JsonKind;
  /** The text that it stands in: the payload's, or that of a string which was itself JSON. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Its name in an object, its index in an array; none for the root of a text. */
  readonly key: string | number | undefined;
  readonly parent: JsonNode | undefined;
  /** Its place among its siblings. */
  readonly index: number;
  readonly depth: number;
  /** Found when they are first asked for. */
  children: JsonChildren | undefined;
}

export interface JsonChildren {
  readonly length: number;
  at: (index: number) => JsonNode;
  /** The child whose key or value holds a place of the text. */
  indexAt: (place: number) => number;
}

let lastId = 0;

function createNode(
  text: string,
  from: number,
  to: number,
  place: Pick<JsonNode, 'key' | 'parent' | 'index'>,
): JsonNode {
  const depth = place.parent === undefined ? 0 : place.parent.depth + 1;
  lastId += 1;
  return {
    id: lastId,
    kind: kindAt(text, from),
    text,
    from,
    to,
    ...place,
    depth,
    children: undefined,
  };
}

/** @param text one that `isJson` accepts */
export function createJsonRoot(text: string, parent?: JsonNode): JsonNode {
  const from = skipSpace(text, 0);
  // The text holds nothing but this value: its end is found from behind, however long it is.
  let to = text.length;
  while (to > from && skipSpace(text, to - 1) === text.length) to -= 1;
  return createNode(text, from, to, { key: undefined, parent, index: 0 });
}

export const isContainer = (node: JsonNode): boolean =>
  node.kind === 'object' || node.kind === 'array';

/** The places of all children: two numbers each, however many they are. */
function placesOf(node: JsonNode): { starts: NumberColumn; ends: NumberColumn } {
  const starts = createNumberColumn(Uint32Array);
  const ends = createNumberColumn(Uint32Array);
  let at = node.from + 1;
  for (;;) {
    const child = childAt(node.text, at, node.kind === 'object', node.to);
    if (child === undefined) return { starts, ends };
    starts.push(child.start);
    ends.push(child.end);
    at = afterComma(node.text, child.end);
  }
}

function findChildren(node: JsonNode): JsonChildren {
  const { starts, ends } = placesOf(node);
  const made = new Map<number, JsonNode>();

  function make(index: number): JsonNode {
    const start = starts.get(index);
    const end = ends.get(index);
    if (node.kind === 'array') {
      return createNode(node.text, start, end, { key: index, parent: node, index });
    }
    const from = valueAfterKey(node.text, start);
    const keyEnd = node.text.lastIndexOf('"', from - 1) + 1;
    const key = decodeString(node.text, start, keyEnd);
    return createNode(node.text, from, end, { key, parent: node, index });
  }

  return {
    length: starts.length,
    at: (index) => {
      const child = made.get(index) ?? make(index);
      made.set(index, child);
      return child;
    },
    indexAt: (place) => {
      let low = 0;
      let high = Math.max(0, starts.length - 1);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts.get(middle) <= place) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

const NO_CHILDREN: JsonChildren = {
  length: 0,
  at: () => {
    throw new RangeError('no child');
  },
  indexAt: () => 0,
};

export function childrenOf(node: JsonNode): JsonChildren {
  if (!isContainer(node)) return node.children ?? NO_CHILDREN;
  node.children ??= findChildren(node);
  return node.children;
}

/** What a string node says, its first `most` code units. */
export const stringOf = (node: JsonNode, most = Infinity): string =>
  decodeString(node.text, node.from, node.to, most);

/** Gives a string that is JSON itself the root of that JSON as its child. */
export function parseInside(node: JsonNode): boolean {
  if (node.children !== undefined) return true;
  const text = stringOf(node);
  if (!isJson(text)) return false;
  const root = createJsonRoot(text, node);
  node.children = { length: 1, at: () => root, indexAt: () => 0 };
  return true;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Where a value is, as JavaScript would reach it: `$.orders[2]["unit price"]`. */
export function pathOf(node: JsonNode): string {
  const steps: string[] = [];
  let root = '$';
  for (let at: JsonNode | undefined = node; at !== undefined; at = at.parent) {
    const { key, parent } = at;
    if (typeof key === 'number') steps.push(`[${key}]`);
    else if (key !== undefined)
      steps.push(IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
    else if (parent !== undefined) {
      root = `JSON.parse(${pathOf(parent)})`;
      break;
    }
  }
  return root + steps.reverse().join('');
}

/** What is copied as a value: text without its quotes, everything else as on the wire. */
export const valueTextOf = (node: JsonNode): string =>
  node.kind === 'string' ? stringOf(node) : node.text.slice(node.from, node.to);
