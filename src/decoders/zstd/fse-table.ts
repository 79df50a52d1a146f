import { Damage } from './damage.ts';

/** A finite state entropy decoding table (RFC 8878 section 4.1): a state gives a symbol, and where to go on. */
export interface FseTable {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** A code for a symbol whose probability is “less than one”. */
const RARE = -1;

export function tableOfOne(symbol: number): FseTable {
  return {
    accuracy: 0,
    symbols: Uint8Array.of(symbol),
    bits: Uint8Array.of(0),
    bases: Uint16Array.of(0),
  };
}

export function tableOf(counts: readonly number[], accuracy: number): FseTable {
  const size = 2 ** accuracy;
  const symbols = new Uint8Array(size);
  const next = counts.map((count) => (count === RARE ? 1 : count));
  let high = size;
  for (const [symbol, count] of counts.entries()) {
    if (count === RARE) symbols[(high -= 1)] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i += 1) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state += 1) {
    const symbol = symbols[state] ?? 0;
    const number = next[symbol] ?? 1;
    next[symbol] = number + 1;
    const width = accuracy - (31 - Math.clz32(number));
    bits[state] = width;
    bases[state] = number * 2 ** width - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** Reads a table's description (RFC 8878 section 4.1.1). @returns it, and how many bytes it took */
export function readTable(
  bytes: Uint8Array,
  mostAccuracy: number,
  mostSymbols: number,
): { table: FseTable; length: number } {
  let at = 0;
  const read = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i += 1, at += 1) {
      value |= (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) << i;
    }
    return value;
  };
  const accuracy = read(4) + 5;
  if (accuracy > mostAccuracy) throw new Damage(`an accuracy of ${accuracy} bits`);
  const counts: number[] = [];
  let left = 2 ** accuracy;
  while (left > 0) {
    if (counts.length >= mostSymbols) throw new Damage('more symbols than there are');
    const width = 32 - Math.clz32(left + 1);
    const low = 2 ** (width - 1) - 1;
    const short = 2 ** width - 2 - left;
    let value = read(width);
    if ((value & low) < short) {
      // The highest bit belongs to what follows.
      at -= 1;
      value &= low;
    } else if (value > low) {
      value -= short;
    }
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    if (count !== 0) continue;
    for (let more = 3; more === 3;) {
      more = read(2);
      for (let i = 0; i < more; i += 1) counts.push(0);
      if (counts.length > mostSymbols) throw new Damage('more symbols than there are');
    }
  }
  const length = (at + 7) >> 3;
  if (left < 0 || length > bytes.length) throw new Damage('a table that does not come out even');
  return { table: tableOf(counts, accuracy), length };
}
