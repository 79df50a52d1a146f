import { scaleLinear } from 'd3-scale';
import { formatBytes } from '../../core/format.ts';
import type { CarriedCost } from '../../core/compare/carried-cost.ts';
import type { AxisTick } from './layout-delays.ts';

export const COST_PARTS = ['payload', 'framing', 'headers'] as const;
export type CostPart = (typeof COST_PARTS)[number];

/** One part of a cost, in pixels of its bar. */
export interface CostSegment {
  readonly part: CostPart;
  readonly x: number;
  readonly width: number;
  /** Bytes for each event. */
  readonly bytes: number;
}

export interface CostBar {
  readonly segments: readonly CostSegment[];
  /** Where the bar ends. */
  readonly end: number;
  readonly bytes: number;
}

export interface CostLayout {
  /** By subject; `undefined` where nobody can say. */
  readonly bars: readonly (CostBar | undefined)[];
  readonly ticks: readonly AxisTick[];
}

/** What is there is seen, however little it is. */
const LEAST_WIDTH = 1.5;
const LABEL_WIDTH = 90;

/** Costs in their parts, from one zero and on one scale. @param by what each cost is shared out to: its events, or 1 */
export function layoutCosts(
  costs: readonly { readonly cost: Pick<CarriedCost, CostPart>; readonly by: number }[],
  width: number,
): CostLayout {
  const shared = costs.map(({ cost, by }) =>
    by > 0 ? COST_PARTS.map((part) => ({ part, bytes: cost[part].value / by })) : undefined,
  );
  const totals = shared.map((parts) => parts?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0);
  const most = Math.max(1, ...totals);
  const x = scaleLinear([0, most], [0, width]);
  return {
    bars: shared.map((parts, index) => {
      if (parts === undefined) return undefined;
      let from = 0;
      const segments = parts.flatMap(({ part, bytes }): CostSegment[] => {
        if (bytes <= 0) return [];
        const segment = { part, x: from, width: Math.max(LEAST_WIDTH, x(bytes)), bytes };
        from += segment.width;
        return [segment];
      });
      return { segments, end: from, bytes: totals[index] ?? 0 };
    }),
    ticks: x
      .ticks(Math.max(1, Math.floor(width / LABEL_WIDTH)))
      .map((bytes) => ({ place: x(bytes), text: formatBytes(bytes) })),
  };
}
