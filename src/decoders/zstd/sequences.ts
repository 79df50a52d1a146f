import { BackwardBits } from './backward-bits.ts';
import { Damage } from './damage.ts';
import { type FseTable, readTable, tableOf, tableOfOne } from './fse-table.ts';

/** One of the three alphabets of a sequence (RFC 8878 section 3.1.1.3.2.1). */
interface Alphabet {
  readonly mostAccuracy: number;
  readonly symbols: number;
  readonly predefined: FseTable;
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const twos = (count: number): number[] => Array.from({ length: count }, () => 2);
const rare = (count: number): number[] => Array.from({ length: count }, () => -1);

/** The default distributions of RFC 8878 section 3.1.1.3.2.2. */
const LITERAL_LENGTHS: Alphabet = {
  mostAccuracy: 9,
  symbols: 36,
  predefined: tableOf([4, 3, ...twos(11), ...ones(3), ...twos(9), 3, 2, ...ones(5), ...rare(4)], 6),
};
const OFFSETS: Alphabet = {
  mostAccuracy: 8,
  symbols: 32,
  predefined: tableOf([...ones(6), ...twos(3), ...ones(15), ...rare(5)], 5),
};
const MATCH_LENGTHS: Alphabet = {
  mostAccuracy: 9,
  symbols: 53,
  predefined: tableOf([1, 4, 3, ...twos(6), ...ones(37), ...rare(7)], 6),
};

/** Further bits of the codes from 16, and from 32 on; a base is where the code before it ends. */
const LITERAL_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

function codesOf(first: number, plain: number, bits: readonly number[]) {
  const widths = [...Array.from({ length: plain }, () => 0), ...bits];
  let base = first;
  return widths.map((width) => {
    const code = { base, width };
    base += 2 ** width;
    return code;
  });
}
const LITERAL_CODES = codesOf(0, 16, LITERAL_BITS);
const MATCH_CODES = codesOf(3, 32, MATCH_BITS);

/** The tables of a block, which the next one may use again. */
export interface SequenceTables {
  readonly literals: FseTable;
  readonly offsets: FseTable;
  readonly matches: FseTable;
}

/** So many literals, then so much again of what was `offset` value ago (RFC 8878 section 3.1.1.5). */
export type TakeSequence = (literals: number, offset: number, match: number) => void;

/** Reads the sequences of a block. @returns the tables that they used, for the next block */
export function readSequences(
  section: Uint8Array,
  before: SequenceTables | undefined,
  take: TakeSequence,
): SequenceTables | undefined {
  const [first = 0, second = 0, third = 0] = section;
  if (section.length === 0) throw new Damage('a block without its sequences');
  if (first === 0) return before;
  const [count, headerLength] =
    first < 128
      ? [first, 1]
      : first < 255
        ? [(first - 128) * 256 + second, 2]
        : [second + third * 256 + 0x7f00, 3];
  const modes = section[headerLength] ?? 0;
  let at = headerLength + 1;
  const next = (alphabet: Alphabet, mode: number, known: FseTable | undefined): FseTable => {
    const { table, length } = chooseTable(alphabet, mode & 3, section.subarray(at), known);
    at += length;
    return table;
  };
  const literals = next(LITERAL_LENGTHS, modes >> 6, before?.literals);
  const offsets = next(OFFSETS, modes >> 4, before?.offsets);
  const matches = next(MATCH_LENGTHS, modes >> 2, before?.matches);
  const tables = { literals, offsets, matches };
  walk(new BackwardBits(section.subarray(at)), count, tables, take);
  return tables;
}

function chooseTable(
  { mostAccuracy, symbols, predefined }: Alphabet,
  mode: number,
  bytes: Uint8Array,
  known: FseTable | undefined,
): { table: FseTable; length: number } {
  switch (mode) {
    case 0:
      return { table: predefined, length: 0 };
    case 1:
      if ((bytes[0] ?? symbols) >= symbols) throw new Damage('a code that there is not');
      return { table: tableOfOne(bytes[0] ?? 0), length: 1 };
    case 2:
      return readTable(bytes, mostAccuracy, symbols);
    default:
      if (known === undefined) throw new Damage('sequences without their table');
      return { table: known, length: 0 };
  }
}

function walk(
  bits: BackwardBits,
  count: number,
  { literals, offsets, matches }: SequenceTables,
  take: TakeSequence,
): void {
  let literal = bits.read(literals.accuracy);
  let offset = bits.read(offsets.accuracy);
  let match = bits.read(matches.accuracy);
  for (let i = 0; i < count; i += 1) {
    const offsetCode = offsets.symbols[offset] ?? 0;
    const offsetValue = 2 ** offsetCode + bits.read(offsetCode);
    const matchLength = valueOf(bits, MATCH_CODES, matches.symbols[match]);
    const literalLength = valueOf(bits, LITERAL_CODES, literals.symbols[literal]);
    if (bits.left < 0) throw new Damage('sequences that are cut');
    take(literalLength, offsetValue, matchLength);
    if (i === count - 1) break;
    literal = nextState(bits, literals, literal);
    match = nextState(bits, matches, match);
    offset = nextState(bits, offsets, offset);
  }
  if (bits.left !== 0) throw new Damage('sequences that do not come out even');
}

function valueOf(
  bits: BackwardBits,
  codes: readonly { base: number; width: number }[],
  symbol = 0,
): number {
  const code = codes[symbol];
  if (code === undefined) throw new Damage('a code that there is not');
  return code.base + bits.read(code.width);
}

const nextState = (bits: BackwardBits, table: FseTable, state: number): number =>
  (table.bases[state] ?? 0) + bits.read(table.bits[state] ?? 0);
