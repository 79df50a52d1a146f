import { isContainer, type JsonNode } from './json-node.ts';
import {
  afterComma,
  childAt,
  decodeString,
  type JsonKind,
  kindAt,
  skipString,
} from './json-scan.ts';
import { visibleTextOf } from './visible-text.ts';

export interface SummaryPart {
  text: string;
  look: JsonKind | 'key' | 'plain';
}

/** How far a summary reads: a closed object costs the same whatever it holds. */
const MOST_READ = 2_000;
const MOST_STRING = 40;

/** A text that was cut says so. */
function shorten(text: string, from: number, to: number): string {
  const decoded = decodeString(text, from, to, MOST_STRING + 1);
  const isCut = decoded.length > MOST_STRING;
  return visibleTextOf(isCut ? `${decoded.slice(0, MOST_STRING - 1)}…` : decoded, 'one-line');
}

function summaryOfValue(text: string, from: number, to: number): SummaryPart {
  const look = kindAt(text, from);
  switch (look) {
    case 'object':
      return { text: to - from === 2 ? '{}' : '{…}', look: 'plain' };
    case 'array':
      return { text: to - from === 2 ? '[]' : '[…]', look: 'plain' };
    case 'string':
      return { text: `"${shorten(text, from, to)}"`, look };
    case 'number':
    case 'literal': {
      const source = text.slice(from, Math.min(to, from + MOST_STRING));
      return { text: source.length < to - from ? `${source}…` : source, look };
    }
  }
}

/** A closed object or array on one line: `{seq: 4812, type: "quote", …}`. */
export function summaryOf(node: JsonNode, most = 120): SummaryPart[] {
  if (!isContainer(node)) return [summaryOfValue(node.text, node.from, node.to)];
  const { text, from, to } = node;
  const isObject = node.kind === 'object';
  const limit = Math.min(to, from + MOST_READ);
  const parts: SummaryPart[] = [{ text: isObject ? '{' : '[', look: 'plain' }];
  let length = 0;
  let at = from + 1;
  for (;;) {
    const child = childAt(text, at, isObject, limit);
    const isOut = length >= most || (child === undefined && limit < to);
    if (isOut && (child !== undefined || limit < to)) parts.push({ text: '…', look: 'plain' });
    if (child === undefined || isOut) break;
    if (isObject) {
      const key = shorten(text, child.start, skipString(text, child.start, limit));
      parts.push({ text: key, look: 'key' }, { text: ': ', look: 'plain' });
      length += key.length + 2;
    }
    const value = summaryOfValue(text, child.valueFrom, child.end);
    parts.push(value);
    length += value.text.length + 2;
    at = afterComma(text, child.end);
    if (skipsToEnd(text, at, limit)) break;
    parts.push({ text: ', ', look: 'plain' });
  }
  parts.push({ text: isObject ? '}' : ']', look: 'plain' });
  return parts;
}

/** Whether nothing but the closing bracket is left. */
function skipsToEnd(text: string, at: number, limit: number): boolean {
  return at < limit && /[}\]]/.test(text[at] ?? '');
}
