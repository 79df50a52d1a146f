import type { Milliseconds } from '../units.ts';
import type { Pace, Piece, Stall, Usage } from './assembly.ts';

/** A gap is a stall where it is longer than this, and than ten of the usual ones. */
const SHORTEST_STALL: Milliseconds = 1000;
const USUAL_GAPS = 10;

/** @param askedAt when the page asked, where that is known */
export function computePace(
  pieces: readonly Piece[],
  usage: Usage,
  askedAt: Milliseconds | undefined,
): Pace {
  const firstTokenAt = pieces[0]?.at;
  const lastTokenAt = pieces.at(-1)?.at;
  const { output } = usage;
  const countedBy = output === undefined ? 'pieces' : 'usage';
  const rate = rateOf(output ?? pieces.length, pieces);
  return {
    ...(askedAt !== undefined && { askedAt }),
    ...(firstTokenAt !== undefined && { firstTokenAt }),
    ...(lastTokenAt !== undefined && { lastTokenAt }),
    ...(askedAt !== undefined &&
      firstTokenAt !== undefined && { timeToFirstToken: firstTokenAt - askedAt }),
    ...(rate !== undefined && { tokensPerSecond: rate }),
    countedBy,
    stalls: stallsOf(pieces),
  };
}

/** What the first piece held was there at the beginning, and took none of the time. */
function rateOf(tokens: number, pieces: readonly Piece[]): number | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return undefined;
  const share = (pieces.length - 1) / pieces.length;
  return (tokens * share * 1000) / (last.at - first.at);
}

function stallsOf(pieces: readonly Piece[]): Stall[] {
  const gaps = pieces
    .slice(1)
    .map(({ at, row }, i) => ({ from: pieces[i]?.at ?? at, to: at, row }));
  const lengths = gaps.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1] ?? 0;
  const least = Math.max(SHORTEST_STALL, USUAL_GAPS * median);
  return gaps.filter(({ from, to }) => to - from > least);
}
