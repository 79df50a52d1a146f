import {
  childrenOf,
  createJsonRoot,
  isContainer,
  type JsonNode,
  parseInside,
} from './json-node.ts';
import { skipSpace } from './json-scan.ts';

/** How many children of a node are shown at once. */
export const PAGE = 100;

/** A string is shown this far at first, then in steps: one that fills a screen hides its neighbours. */
const SHORT = 300;
const STEP = 20_000;

/** Where a node is opened from the start: a small one, near the root. */
const OPEN_DEPTH = 2;
const OPEN_LENGTH = 4_000;
const OPEN_CHILDREN = 20;
const OPEN_ROWS = 60;

/** A value as the tree shows it now. */
export interface NodeRow {
  kind: 'node';
  id: string;
  node: JsonNode;
  canOpen: boolean;
  isOpen: boolean;
  /** A string whose JSON hangs below it. */
  isParsed: boolean;
  /** How many code units of a string are shown, or of a number that never ends. */
  shownLength: number;
}

/** The button that shows more children of `node`. */
export interface MoreRow {
  kind: 'more';
  id: string;
  node: JsonNode;
  side: 'before' | 'after';
  count: number;
}

export type JsonRow = NodeRow | MoreRow;

/** What is open of a JSON text. Nodes come to be when they are first shown. */
export interface JsonTree {
  readonly root: JsonNode;
  rows: () => JsonRow[];
  open: (node: JsonNode) => void;
  close: (node: JsonNode) => void;
  showMore: (node: JsonNode, side: 'before' | 'after') => void;
  showLonger: (node: JsonNode) => void;
  /** Reads a string as JSON and opens it; `false` where it is none. */
  parse: (node: JsonNode) => boolean;
  /** Opens all that is around a place of the text and answers what is there. */
  reveal: (place: number) => JsonNode;
}

/** The children of a node that are shown. */
interface Shown {
  from: number;
  to: number;
}

/** Whether there is anything inside. Without counting what a large container holds: spaces end soon. */
function canOpen(node: JsonNode): boolean {
  if (!isContainer(node)) return node.children !== undefined;
  return skipSpace(node.text, node.from + 1) < node.to - 1;
}

export function createJsonTree(text: string): JsonTree {
  const root = createJsonRoot(text);
  const opened = new Set<JsonNode>();
  const pages = new Map<JsonNode, Shown>();
  const lengths = new Map<JsonNode, number>();

  function shownOf(node: JsonNode): Shown {
    return pages.get(node) ?? { from: 0, to: PAGE };
  }

  function nodeRow(node: JsonNode): NodeRow {
    const shownLength = lengths.get(node) ?? SHORT;
    const isOpen = opened.has(node);
    const isParsed = node.kind === 'string' && node.children !== undefined;
    return {
      kind: 'node',
      id: `${node.id}`,
      node,
      canOpen: canOpen(node),
      isOpen,
      isParsed,
      shownLength,
    };
  }

  function moreRow(node: JsonNode, side: 'before' | 'after', count: number): JsonRow[] {
    return count <= 0 ? [] : [{ kind: 'more', id: `${node.id}-${side}`, node, side, count }];
  }

  function rowsInside(node: JsonNode): JsonRow[] {
    const children = childrenOf(node);
    const { from, to } = shownOf(node);
    const end = Math.min(to, children.length);
    const rows = moreRow(node, 'before', from);
    for (let index = from; index < end; index += 1) {
      rows.push(nodeRow(children.at(index)));
    }
    rows.push(...moreRow(node, 'after', children.length - end));
    return rows;
  }

  function rows(): JsonRow[] {
    const all: JsonRow[] = [];
    // A stack of its own: nesting is as deep as the payload wants it.
    const next: JsonRow[] = [nodeRow(root)];
    for (let row = next.pop(); row !== undefined; row = next.pop()) {
      all.push(row);
      if (row.kind === 'node' && row.isOpen) next.push(...rowsInside(row.node).reverse());
    }
    return all;
  }

  /** The first levels, breadth first, as far as they fit on a screen. */
  function openFirst(): void {
    opened.add(root);
    let count = Math.min(childrenOf(root).length, PAGE);
    const level = [root];
    for (let node = level.shift(); node !== undefined; node = level.shift()) {
      const children = childrenOf(node);
      for (let index = 0; index < Math.min(children.length, PAGE); index += 1) {
        const child = children.at(index);
        if (!isContainer(child) || child.to - child.from > OPEN_LENGTH) continue;
        const { length } = childrenOf(child);
        if (length === 0 || length > OPEN_CHILDREN || count + length > OPEN_ROWS) continue;
        opened.add(child);
        count += length;
        if (child.depth + 1 < OPEN_DEPTH) level.push(child);
      }
    }
  }

  function show(node: JsonNode, index: number): void {
    const { from, to } = shownOf(node);
    if (index >= from && index < to) return;
    const start = index - (index % PAGE);
    pages.set(node, { from: start, to: start + PAGE });
  }

  openFirst();
  return {
    root,
    rows,
    open: (node) => {
      if (canOpen(node)) opened.add(node);
    },
    close: (node) => {
      opened.delete(node);
    },
    showMore: (node, side) => {
      const { from, to } = shownOf(node);
      pages.set(
        node,
        side === 'before' ? { from: Math.max(0, from - PAGE), to } : { from, to: to + PAGE },
      );
    },
    showLonger: (node) => {
      lengths.set(node, (lengths.get(node) ?? 0) + STEP);
    },
    parse: (node) => {
      if (!parseInside(node)) return false;
      opened.add(node);
      const child = childrenOf(node).at(0);
      if (canOpen(child)) opened.add(child);
      return true;
    },
    reveal: (place) => {
      let node = root;
      while (isContainer(node) && childrenOf(node).length > 0) {
        const children = childrenOf(node);
        const index = children.indexAt(place);
        opened.add(node);
        show(node, index);
        node = children.at(index);
        if (place < node.from) break;
      }
      return node;
    },
  };
}
