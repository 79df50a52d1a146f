import { scaleLinear, scaleLog } from 'd3-scale';
import { formatSpan, formatTick } from '../../core/format.ts';
import type { Pair, Subscription } from '../../core/pairs/pair-book.ts';
import { axisTicks, type TimeWindow } from '../../core/time-window.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { AxisTick } from './layout-delays.ts';

/** A request, in pixels of its chart. */
export interface LatencyDot {
  readonly x: number;
  /** Of one without an answer: the upper edge. */
  readonly y: number;
  readonly pair: Pair;
}

export interface LatencyLayout {
  readonly dots: readonly LatencyDot[];
  readonly latencies: readonly AxisTick[];
}

/** Page clocks tell no less. */
const LEAST: Milliseconds = 0.1;

/** When it was asked against how long the answer took, the latter in powers of ten. */
export function layoutLatencies(
  pairs: readonly Pair[],
  window: TimeWindow,
  { width, height }: { width: number; height: number },
): LatencyLayout {
  const known = pairs.map(({ latency }) => latency).filter((each) => each !== undefined);
  const shortest = Math.max(
    LEAST,
    known.reduce((least, each) => Math.min(least, each), Infinity),
  );
  const longest = Math.max(
    LEAST,
    known.reduce((most, each) => Math.max(most, each), 0),
  );
  const low = decade(Number.isFinite(shortest) ? shortest : 1, Math.floor);
  const high = Math.max(10 * low, decade(longest, Math.ceil));
  const x = timeScale(window, width);
  const y = scaleLog([low, high], [height, 0]).clamp(true);
  return {
    dots: pairs.map((pair) => ({
      x: x(pair.askedAt),
      y: pair.latency === undefined ? 0 : y(Math.max(low, pair.latency)),
      pair,
    })),
    latencies: decadesBetween(low, high).map((span) => ({
      place: y(span),
      text: formatSpan(span),
    })),
  };
}

function decadesBetween(low: Milliseconds, high: Milliseconds): Milliseconds[] {
  const count = Math.round(Math.log10(high / low)) + 1;
  return Array.from({ length: count }, (_, index) => low * 10 ** index);
}

const decade = (span: Milliseconds, round: (power: number) => number): Milliseconds =>
  10 ** round(Math.log10(span));

const timeScale = ({ from, to }: TimeWindow, width: number) =>
  scaleLinear([from, Math.max(to, from + 1)], [0, width]);

const LABEL_WIDTH = 70;

/** Round times along the axis. */
export function layoutTimes({ from, to }: TimeWindow, width: number): AxisTick[] {
  const x = timeScale({ from, to }, width);
  const times = axisTicks({ from, to }, Math.max(1, Math.floor(width / LABEL_WIDTH)));
  const step = (times[1] ?? to) - (times[0] ?? from);
  return times.map((at) => ({ place: x(at), text: formatTick(at, step) }));
}

/** A subscription as a bar. */
export interface SpanBar {
  readonly x: number;
  readonly width: number;
  /** Whether its ends are in the picture, or before and after it. */
  readonly hasBegin: boolean;
  readonly hasEnd: boolean;
  readonly subscription: Subscription;
}

/** A bar is seen however short it was. */
const LEAST_WIDTH = 3;

/** @param now where those that still stand end */
export function layoutSpans(
  subscriptions: readonly Subscription[],
  window: TimeWindow,
  width: number,
  now: Milliseconds,
): SpanBar[] {
  const x = timeScale(window, width);
  return subscriptions.map((subscription) => {
    const { from, to } = subscription;
    const begin = Math.max(window.from, from);
    const end = Math.min(window.to, Math.max(from, to ?? now));
    const left = Math.min(x(begin), width - LEAST_WIDTH);
    return {
      x: left,
      width: Math.max(LEAST_WIDTH, x(end) - left),
      hasBegin: from >= window.from,
      hasEnd: to !== undefined && to <= window.to,
      subscription,
    };
  });
}
