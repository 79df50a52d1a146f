import { Damage } from './damage.ts';
import { type HuffmanTable, readHuffmanStream, readHuffmanTable } from './huffman-table.ts';

export const LONGEST_BLOCK = 128 * 1024;

/** What one block's literals are, and what is left for the next one. */
export interface Literals {
  readonly bytes: Uint8Array;
  /** How much of the block they took. */
  readonly length: number;
  readonly table: HuffmanTable | undefined;
}

const RAW = 0;
const REPEATED = 1;
const TREELESS = 3;

/** RFC 8878 section 3.1.1.3.1. @param before the table of the blocks before, which a block may use again */
export function readLiterals(block: Uint8Array, before: HuffmanTable | undefined): Literals {
  const [first = 0] = block;
  const type = first & 3;
  const format = (first >> 2) & 3;
  if (type === RAW || type === REPEATED) return readPlain(block, type, format, before);
  const width = [10, 10, 14, 18][format] ?? 18;
  const headerLength = [3, 3, 4, 5][format] ?? 5;
  const header = littleEndian(block, headerLength);
  const size = Math.floor(header / 16) % 2 ** width;
  const packed = Math.floor(header / 2 ** (4 + width)) % 2 ** width;
  const end = headerLength + packed;
  if (size > LONGEST_BLOCK || end > block.length) throw new Damage('literals that are cut');
  let source = block.subarray(headerLength, end);
  let table = before;
  if (type !== TREELESS) {
    const read = readHuffmanTable(source);
    source = source.subarray(read.length);
    ({ table } = read);
  }
  if (table === undefined) throw new Damage('literals without their Huffman table');
  const bytes = new Uint8Array(size);
  if (format === 0) readHuffmanStream(table, source, bytes);
  else readFourStreams(table, source, bytes);
  return { bytes, length: end, table };
}

function littleEndian(bytes: Uint8Array, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i -= 1) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

function readPlain(
  block: Uint8Array,
  type: number,
  format: number,
  table: HuffmanTable | undefined,
): Literals {
  const headerLength = [1, 2, 1, 3][format] ?? 3;
  const header = littleEndian(block, headerLength);
  const size = headerLength === 1 ? header >> 3 : header >> 4;
  const length = headerLength + (type === RAW ? size : 1);
  if (size > LONGEST_BLOCK || length > block.length) throw new Damage('literals that are cut');
  const bytes =
    type === RAW
      ? block.subarray(headerLength, length)
      : new Uint8Array(size).fill(block[headerLength] ?? 0);
  return { bytes, length, table };
}

/** A table of three lengths, then four streams of a quarter each. */
function readFourStreams(table: HuffmanTable, source: Uint8Array, target: Uint8Array): void {
  const quarter = (target.length + 3) >> 2;
  let at = 6;
  for (let i = 0; i < 4; i += 1) {
    const length = (source[2 * i] ?? 0) + (source[2 * i + 1] ?? 0) * 256;
    const end = i === 3 ? source.length : at + length;
    if (end > source.length) throw new Damage('a stream of literals that is cut');
    const from = Math.min(i * quarter, target.length);
    const to = i === 3 ? target.length : Math.min(from + quarter, target.length);
    readHuffmanStream(table, source.subarray(at, end), target.subarray(from, to));
    at = end;
  }
}
