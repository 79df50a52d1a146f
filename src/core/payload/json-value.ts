import { cutPlace } from './cut-text.ts';
import { childrenOf, isContainer, type JsonNode, stringOf } from './json-node.ts';
import { looksLikeJson } from './json-scan.ts';

/** A value as its row shows it. */
export interface ShownValue {
  text: string;
  /** How many code units of its source are not shown; 0 where it is whole. */
  left: number;
}

/** Whether a row shows less than all of a value. */
export const isValueCut = (node: JsonNode, most: number): boolean =>
  shownValueOf(node, most).left > 0;

/** A string decoded, everything else as written, to `most` code units. */
export function shownValueOf(node: JsonNode, most: number): ShownValue {
  const { kind, text, from, to } = node;
  const whole =
    kind === 'string' ? stringOf(node, most + 1) : text.slice(from, Math.min(to, from + most + 1));
  if (whole.length <= most) return { text: whole, left: 0 };
  const shown = whole.slice(0, cutPlace(whole, most));
  return { text: shown, left: Math.max(1, to - from - (kind === 'string' ? 2 : 0) - shown.length) };
}

/** Whether a string is worth the button that reads it as JSON. */
export function mayHoldJson(node: JsonNode): boolean {
  if (node.kind !== 'string' || node.to - node.from < 4) return false;
  return (
    looksLikeJson(stringOf(node, 64)) && /[}\]]\s*"$/.test(node.text.slice(node.to - 64, node.to))
  );
}

/** A container this small is counted before it is opened. */
const QUICKLY_COUNTED = 20_000;

/** How many children a container has, where that is known or soon found out. */
export function knownCount(node: JsonNode): number | undefined {
  if (!isContainer(node)) return undefined;
  const isCheap = node.children !== undefined || node.to - node.from < QUICKLY_COUNTED;
  return isCheap ? childrenOf(node).length : undefined;
}
