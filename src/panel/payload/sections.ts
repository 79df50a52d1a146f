/** Rows in one list: a browser ends a page at some 17 million pixels, and a payload can be longer. */
export const SECTION = 100_000;

/** `first`, `first + 1`, …: the rows of a list that are made when they are shown. */
export const numbersFrom = (first: number, count: number): number[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => first + index);
