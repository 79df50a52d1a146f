import type { JsonRow } from '../../core/payload/json-tree.ts';

const depthOf = (row: JsonRow): number => row.node.depth + (row.kind === 'more' ? 1 : 0);

/** The row that a row hangs on; itself where it is the root. */
export function parentIndex(rows: readonly JsonRow[], index: number): number {
  const row = rows[index];
  if (row === undefined) return 0;
  for (let above = index - 1; above >= 0; above -= 1) {
    const candidate = rows[above];
    if (candidate?.kind === 'node' && depthOf(candidate) < depthOf(row)) return above;
  }
  return index;
}
