import { cutPlace } from './cut-text.ts';

/** A browser lays out a line as a whole: longer ones make every scroll and resize wait. */
export const LONGEST_PIECE = 2_000;

/** A text as pieces that a list can show one by one: its lines, the long ones cut. */
export interface TextPieces {
  readonly length: number;
  /** Where piece `index` begins, in code units. */
  startOf: (index: number) => number;
  /** Where it ends; its newline belongs to it. */
  endOf: (index: number) => number;
  /** The line that it is of, counted from 1. */
  lineOf: (index: number) => number;
  /** Whether it is the beginning of its line. */
  isLineStart: (index: number) => boolean;
  /** The piece that holds a place of the text. */
  pieceAt: (place: number) => number;
}

/** Room for so many pieces at first; it doubles. A column's push would cost seconds for 16 MB of newlines. */
const FIRST_ROOM = 64;

function enlarge(numbers: Uint32Array): Uint32Array {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

export function cutIntoPieces(text: string, longest = LONGEST_PIECE): TextPieces {
  let starts: Uint32Array = new Uint32Array(FIRST_ROOM);
  let lines: Uint32Array = new Uint32Array(FIRST_ROOM);
  let length = 0;
  let line = 0;
  for (let lineStart = 0; lineStart < text.length;) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline + 1;
    line += 1;
    for (let start = lineStart; start < lineEnd;) {
      if (length === starts.length) {
        starts = enlarge(starts);
        lines = enlarge(lines);
      }
      starts[length] = start;
      lines[length] = line;
      length += 1;
      const end = Math.min(start + longest, lineEnd);
      // One code unit at least, also where `longest` is smaller than a pair.
      start = Math.max(cutPlace(text, end), start + 1);
    }
    lineStart = lineEnd;
  }

  const startOf = (index: number): number => (index < length ? (starts[index] ?? 0) : text.length);
  const lineOf = (index: number): number => lines[index] ?? 0;
  return {
    length,
    startOf,
    endOf: (index) => startOf(index + 1),
    lineOf,
    isLineStart: (index) => index === 0 || lineOf(index - 1) !== lineOf(index),
    pieceAt: (place) => {
      let low = 0;
      let high = Math.max(0, length - 1);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= place) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
