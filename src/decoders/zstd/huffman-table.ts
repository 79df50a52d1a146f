import { BackwardBits } from './backward-bits.ts';
import { Damage } from './damage.ts';
import { readTable } from './fse-table.ts';

/** A Huffman decoding table (RFC 8878 section 4.2), by the next bits of a stream. */
export interface HuffmanTable {
  readonly bits: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

const MOST_BITS = 11;
const MOST_WEIGHTS = 255;

/** @returns the table, and how many bytes its description took */
export function readHuffmanTable(bytes: Uint8Array): { table: HuffmanTable; length: number } {
  const [header = 0] = bytes;
  const isDirect = header >= 128;
  const size = isDirect ? (header - 126) >> 1 : header;
  const source = bytes.subarray(1, 1 + size);
  if (source.length < size) throw new Damage('a Huffman table that is cut');
  const weights = isDirect ? directWeights(source, header - 127) : packedWeights(source);
  return { table: tableOf(weights), length: 1 + size };
}

/** Half a byte each. */
const directWeights = (bytes: Uint8Array, count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const byte = bytes[i >> 1] ?? 0;
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  });

/** Two states take turns until the bits are used up (RFC 8878 section 4.2.1.2). */
function packedWeights(bytes: Uint8Array): number[] {
  const { table, length } = readTable(bytes, 6, MOST_BITS + 2);
  const stream = new BackwardBits(bytes.subarray(length));
  const weights: number[] = [];
  let state = stream.read(table.accuracy);
  let other = stream.read(table.accuracy);
  while (weights.length < MOST_WEIGHTS) {
    weights.push(table.symbols[state] ?? 0);
    state = (table.bases[state] ?? 0) + stream.read(table.bits[state] ?? 0);
    if (stream.left < 0) {
      weights.push(table.symbols[other] ?? 0);
      return weights;
    }
    [state, other] = [other, state];
  }
  throw new Damage('more weights than symbols');
}

/** The last symbol's weight is what is left to a power of two. */
function tableOf(weights: readonly number[]): HuffmanTable {
  const sum = weights.reduce((all, weight) => all + (weight > 0 ? 2 ** (weight - 1) : 0), 0);
  const bits = 32 - Math.clz32(sum);
  const rest = 2 ** bits - sum;
  if (sum === 0 || bits > MOST_BITS || (rest & (rest - 1)) !== 0) {
    throw new Damage('Huffman weights that do not come out even');
  }
  const all = [...weights, 32 - Math.clz32(rest)];
  if (all.length > 256) throw new Damage('more Huffman weights than symbols');
  const symbols = new Uint8Array(2 ** bits);
  const lengths = new Uint8Array(2 ** bits);
  let at = 0;
  for (let weight = 1; weight <= bits; weight += 1) {
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      const end = at + 2 ** (weight - 1);
      symbols.fill(symbol, at, end);
      lengths.fill(bits + 1 - weight, at, end);
      at = end;
    }
  }
  return { bits, symbols, lengths };
}

/** Fills `target` from one stream, which must come out even. */
export function readHuffmanStream(
  { bits, symbols, lengths }: HuffmanTable,
  bytes: Uint8Array,
  target: Uint8Array,
): void {
  const stream = new BackwardBits(bytes);
  for (let i = 0; i < target.length && stream.left >= 0; i += 1) {
    const code = stream.peek(bits);
    target[i] = symbols[code] ?? 0;
    stream.left -= lengths[code] ?? 0;
  }
  if (stream.left !== 0) throw new Damage('literals that do not come out even');
}
