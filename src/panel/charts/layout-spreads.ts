import { scaleLinear, scaleLog } from 'd3-scale';
import type { Distribution } from '../../core/measures/distribution.ts';

/** Many values as a strip: in pixels along the axis that all subjects share. */
export interface SpreadStrip {
  /** The middle 90 of 100, the middle half, and the median. */
  readonly low: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

export interface SpreadLayout {
  readonly strips: readonly (SpreadStrip | undefined)[];
  /** The axis goes in powers of ten, for the values lie far apart. */
  readonly isLog: boolean;
}

/** Wider apart than this, the small ones would be one pixel. */
const LOG_FROM = 50;
/** Page clocks tell no less. */
const LEAST = 0.1;

export function layoutSpreads(
  spreads: readonly (Distribution | undefined)[],
  width: number,
): SpreadLayout {
  const known = spreads.filter((each) => each !== undefined);
  const most = Math.max(LEAST, ...known.map(({ p95 }) => p95));
  const positive = known.map(({ p50 }) => p50).filter((value) => value > 0);
  const least = Math.max(LEAST, Math.min(most, ...positive));
  const hasNegative = known.some(({ sorted }) => (sorted[0] ?? 0) < 0);
  const isLog = !hasNegative && most / least > LOG_FROM;
  const from = Math.min(0, ...known.map((each) => lowOf(each)));
  const linear = scaleLinear([from, Math.max(most, from + LEAST)], [0, width]);
  const log = scaleLog([least / 3, most], [0, width]).clamp(true);
  const x = (value: number): number => (isLog ? log(Math.max(value, least / 3)) : linear(value));
  return {
    isLog,
    strips: spreads.map((spread) =>
      spread === undefined
        ? undefined
        : {
            low: x(lowOf(spread)),
            p25: x(spread.p25),
            p50: x(spread.p50),
            p75: x(spread.p75),
            p95: x(spread.p95),
          },
    ),
  };
}

const lowOf = ({ sorted }: Distribution): number =>
  sorted[Math.max(0, Math.ceil(0.05 * sorted.length) - 1)] ?? 0;

/** A value as a bar from zero, with the stretch in which it may as well lie. */
export interface ValueBar {
  readonly width: number;
}

const LEAST_BAR = 1.5;

/** Bars from zero on one scale. */
export function layoutBars(values: readonly (number | undefined)[], width: number): ValueBar[] {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return values.map((value) => ({
    width:
      value === undefined || value <= 0 || most === 0
        ? 0
        : Math.max(LEAST_BAR, (value / most) * width),
  }));
}
