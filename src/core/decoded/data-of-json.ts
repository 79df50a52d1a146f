import {
  childrenOf,
  createJsonRoot,
  isContainer,
  type JsonNode,
  stringOf,
} from '../payload/json-node.ts';
import type { Data } from './data.ts';

/** What is deeper stands there as its text. */
const DEEPEST = 64;
/** Sixteen digits may be more than a double holds. */
const MAY_BE_ROUNDED = /\d{16}|\d[eE]|\.\d{12}/u;

/**
 * A JSON text as data: no number is rounded (whole ones become `bigint`, others that a double does not hold are
 * tagged with their text), and doubled keys are kept where a number asks for a second look.
 * @returns `undefined` where the text is no JSON
 */
export function dataOfJson(text: string): Data | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return MAY_BE_ROUNDED.test(text) ? dataOfNode(createJsonRoot(text)) : dataOfValue(value, 0);
}

function dataOfValue(value: unknown, depth: number): Data {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEEPEST) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((item) => dataOfValue(item, depth + 1));
  return {
    entries: Object.entries(value).map(([key, each]) => [key, dataOfValue(each, depth + 1)]),
  };
}

function dataOfNode(node: JsonNode): Data {
  if (!isContainer(node)) return scalarOf(node);
  if (node.depth >= DEEPEST) return node.text.slice(node.from, node.to);
  const children = childrenOf(node);
  const all = Array.from({ length: children.length }, (_, index) => children.at(index));
  if (node.kind === 'array') return all.map(dataOfNode);
  return { entries: all.map((child) => [child.key ?? '', dataOfNode(child)]) };
}

function scalarOf(node: JsonNode): Data {
  if (node.kind === 'string') return stringOf(node);
  const text = node.text.slice(node.from, node.to);
  if (node.kind === 'literal') return text === 'null' ? null : text === 'true';
  const value = Number(text);
  if (/^-?\d+$/u.test(text)) return Number.isSafeInteger(value) ? value : BigInt(text);
  return String(value) === text || significant(text) === significant(String(value))
    ? value
    : { tag: 'number', value: text };
}

/** The digits that count: `1.50e3` and `1500` have the same. */
function significant(text: string): string {
  const [digits = ''] = text.toLowerCase().split('e');
  return digits.replace(/[-.]/gu, '').replace(/^0+|0+$/gu, '');
}
