import { createNumberColumn } from '../column.ts';
import { lowerBound } from '../lower-bound.ts';

/** The kinds of rows that come in ascending order, each as a small number. */
export interface RowKinds {
  readonly length: number;
  /** A row later than all others, or one that is known and now something else. */
  set: (row: number, kind: number) => void;
  of: (row: number) => number | undefined;
}

export function createRowKinds(): RowKinds {
  const rows = createNumberColumn(Uint32Array);
  const kinds = createNumberColumn(Uint16Array);

  function placeOf(row: number): number | undefined {
    const place = lowerBound(rows.length, (at) => rows.get(at) < row);
    return place < rows.length && rows.get(place) === row ? place : undefined;
  }

  return {
    get length() {
      return rows.length;
    },
    set: (row, kind) => {
      const known = placeOf(row);
      if (known !== undefined) {
        kinds.set(known, kind);
        return;
      }
      rows.push(row);
      kinds.push(kind);
    },
    of: (row) => {
      const place = placeOf(row);
      return place === undefined ? undefined : kinds.get(place);
    },
  };
}
