import { createNumberColumn, type NumberColumn } from './column.ts';
import type { MessageTest } from './filter.ts';
import type { MessageStore } from './message-store.ts';

/**
 * The rows of a growing list that pass a test, found a piece at a time: what was tested is never tested
 * again, and no call does more than it was allowed.
 */
export interface FilteredRows {
  readonly rows: NumberColumn;
  /** How many rows of the source have been tested. */
  readonly tested: number;
  /**
   * Tests up to this many more rows; answers whether all are tested.
   * @param known rows of the source from here on cannot be tested yet
   */
  advance: (most: number, known?: number) => boolean;
}

export function createFilteredRows(
  source: NumberColumn,
  messages: MessageStore,
  test: MessageTest,
): FilteredRows {
  const rows = createNumberColumn(Uint32Array);
  let tested = 0;
  return {
    rows,
    get tested() {
      return tested;
    },
    advance: (most, known = Infinity) => {
      const end = Math.min(source.length, tested + most, known);
      for (; tested < end; tested += 1) {
        const row = source.get(tested);
        if (test(messages.read(row), row)) rows.push(row);
      }
      return tested >= Math.min(source.length, known);
    },
  };
}
