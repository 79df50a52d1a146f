/** More than anyone steps through; it bounds the work of a search for `e`. */
export const MOST_MATCHES = 10_000;

export interface Found {
  /** Where the matches begin, in code units, in order. */
  places: readonly number[];
  /** The length of each match: case folding never changes it. */
  length: number;
  /** There are more than these. */
  isCapped: boolean;
}

export const NOTHING_FOUND: Found = { places: [], length: 0, isCapped: false };

/** A pattern that finds the query as it is, in upper or lower case. */
export function patternOf(query: string): RegExp {
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}

export function findText(text: string, query: string, most = MOST_MATCHES): Found {
  if (query === '') return NOTHING_FOUND;
  const places: number[] = [];
  for (const match of text.matchAll(patternOf(query))) {
    if (places.length === most) return { places, length: query.length, isCapped: true };
    places.push(match.index);
  }
  return { places, length: query.length, isCapped: false };
}

/** The first match that ends after a place. */
export function firstMatchAfter({ places, length }: Found, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) + length > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
