import type { Assembly } from '../../../core/decoded/assembly.ts';
import type { Milliseconds } from '../../../core/units.ts';

/** How an answer grew, for a strip of some width. */
export interface PaceLayout {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Characters so far against time, as an SVG path from the lower left corner. */
  readonly path: string;
  /** When nothing came yet: from the request to the first token. */
  readonly wait: { readonly x: number; readonly width: number } | undefined;
  readonly stalls: readonly { readonly x: number; readonly width: number; readonly row: number }[];
}

/** A line has no more corners than a screen has room for. */
const MOST_POINTS = 400;

/** `undefined` where an answer has no length in time. */
export function layoutPace(
  { pieces, pace }: Assembly,
  width: number,
  height: number,
): PaceLayout | undefined {
  const from = pace.askedAt ?? pieces[0]?.at;
  const to = pieces.at(-1)?.at;
  if (from === undefined || to === undefined || to <= from) return undefined;
  const xOf = (at: Milliseconds): number => ((at - from) / (to - from)) * width;
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  const every = Math.max(1, Math.ceil(pieces.length / MOST_POINTS));
  let sum = 0;
  const corners = pieces.flatMap(({ at, length }, index) => {
    sum += length;
    const isCorner = index % every === 0 || index === pieces.length - 1;
    const y = height - (total === 0 ? 0 : (sum / total) * height);
    return isCorner ? [`H${xOf(at).toFixed(1)}V${y.toFixed(1)}`] : [];
  });
  const first = pieces[0]?.at ?? from;
  return {
    from,
    to,
    path: `M0,${height}${corners.join('')}`,
    wait: first > from ? { x: 0, width: xOf(first) } : undefined,
    stalls: pace.stalls.map((stall) => ({
      x: xOf(stall.from),
      width: Math.max(1, xOf(stall.to) - xOf(stall.from)),
      row: stall.row,
    })),
  };
}
