import type { KindRow } from '../../decoding/snapshots.ts';

export const KIND_COLUMNS = [
  'direction',
  'name',
  'messages',
  'rate',
  'bytes',
  'share',
  'last',
] as const;
export type KindColumn = (typeof KIND_COLUMNS)[number];

/** By what a table of kinds is sorted. */
export interface KindSort {
  readonly column: KindColumn;
  readonly isDescending: boolean;
}

/** Clicking a column again turns it over; numbers begin with the largest. */
export const sortBy = (column: KindColumn, { column: before, isDescending }: KindSort): KindSort =>
  column === before
    ? { column, isDescending: !isDescending }
    : { column, isDescending: column !== 'name' && column !== 'direction' };

/**
 * The kinds in their order.
 * @param held an order that somebody is reading: it stays, and what is new stands below it
 */
export function orderKinds(
  kinds: readonly KindRow[],
  { column, isDescending }: KindSort,
  held?: readonly number[],
): KindRow[] {
  const sign = isDescending ? -1 : 1;
  const sorted = [...kinds].sort((a, b) => sign * compare(a, b, column) || a.id - b.id);
  if (held === undefined) return sorted;
  const places = new Map(held.map((id, place) => [id, place]));
  const placeOf = ({ id }: KindRow): number => places.get(id) ?? held.length;
  return sorted.sort((a, b) => placeOf(a) - placeOf(b));
}

function compare(a: KindRow, b: KindRow, column: KindColumn): number {
  switch (column) {
    case 'direction':
      return a.direction.localeCompare(b.direction);
    case 'name':
      return a.name.localeCompare(b.name);
    case 'messages':
      return a.messages - b.messages;
    case 'rate':
      return a.inWindow - b.inWindow;
    case 'bytes':
    case 'share':
      return a.bytes - b.bytes;
    case 'last':
      return a.lastAt - b.lastAt;
  }
}
