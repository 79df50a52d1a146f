/** Rows of one full chunk. Full chunks never move, so growing costs the same at any size. */
const CHUNK_BITS = 13;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_MASK = CHUNK_ROWS - 1;
/** The first chunk starts small: a session can have thousands of channels with one message each. */
const FIRST_ROWS = 16;

type NumericArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;
type NumericArrayConstructor = new (rows: number) => NumericArray;

/** A growing list of numbers in typed arrays. */
export interface NumberColumn {
  readonly length: number;
  get: (row: number) => number;
  set: (row: number, value: number) => void;
  push: (value: number) => void;
}

/** @param Chunk the typed array that holds the column's numbers, by their range */
export function createNumberColumn(Chunk: NumericArrayConstructor): NumberColumn {
  const chunks: NumericArray[] = [];
  let length = 0;

  function at(row: number): NumericArray {
    const chunk = chunks[row >> CHUNK_BITS];
    if (row < 0 || row >= length || chunk === undefined) throw new RangeError(`no row ${row}`);
    return chunk;
  }

  function makeRoom(): void {
    const first = chunks[0];
    if (first?.length === length && length < CHUNK_ROWS) {
      const larger = new Chunk(Math.min(length * 2, CHUNK_ROWS));
      larger.set(first);
      chunks[0] = larger;
    } else if ((length & ROW_MASK) === 0) {
      chunks.push(new Chunk(first === undefined ? FIRST_ROWS : CHUNK_ROWS));
    }
  }

  return {
    get length() {
      return length;
    },
    get: (row) => at(row)[row & ROW_MASK] ?? 0,
    set: (row, value) => {
      at(row)[row & ROW_MASK] = value;
    },
    push: (value) => {
      makeRoom();
      length += 1;
      at(length - 1)[(length - 1) & ROW_MASK] = value;
    },
  };
}
