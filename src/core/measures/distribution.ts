import { percentile } from '../pairs/latencies.ts';

/** Many values in few numbers, in the unit of the values. */
export interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
  /** All of them, ascending. */
  readonly sorted: Float64Array;
}

/** @returns `undefined` for no values at all */
export function distributionOf(values: Iterable<number>): Distribution | undefined {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return undefined;
  const at = (share: number): number => percentile(sorted, share) ?? 0;
  return {
    count: sorted.length,
    min: at(0),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    sorted,
  };
}
