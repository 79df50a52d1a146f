/** Large enough that a file of a gigabyte is some thousands of writes, small enough for a progress bar. */
const PIECE_CHARS = 1 << 16;

/** Joins many small texts into pieces, so that whoever writes a file is called seldom. */
export function* inPieces(texts: Iterable<string>): Generator<string, void> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
