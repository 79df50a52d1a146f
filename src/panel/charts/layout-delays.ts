import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { formatSpan } from '../../core/format.ts';
import type { MeasuredDelay, ReconnectPolicy } from '../../core/story/policy-types.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A measured delay, in pixels of its chart. */
export interface DelayPoint {
  x: number;
  y: number;
  delay: MeasuredDelay;
}

export interface AxisTick {
  /** Pixels along the axis. */
  place: number;
  text: string;
}

/** Attempt against delay: what was measured, and what the policy expects. */
export interface DelayLayout {
  points: DelayPoint[];
  /** The tries of one outage in a line, as SVG path data. */
  runs: { outage: number; path: string }[];
  /** The fitted policy as SVG path data; absent where nothing could be fitted. */
  curve?: string;
  /** Where chance may put a delay; absent without jitter. */
  band?: string;
  attempts: AxisTick[];
  delays: AxisTick[];
  /** How many of the oldest delays have no place in the picture. */
  left: number;
}

/** More points than this hide each other; the latest tell how it reconnects now. */
const MOST_POINTS = 300;
/** Two outages in one column stand beside each other, as far as this share of it. */
const SPREAD = 0.4;
const LEAST_ATTEMPTS = 4;
const MOST_TICKS = 10;

export function layoutDelays(
  { delays, expected, jitter }: Pick<ReconnectPolicy, 'delays' | 'expected' | 'jitter'>,
  { width, height }: { width: number; height: number },
): DelayLayout {
  const shown = delays.slice(-MOST_POINTS);
  const last = Math.max(LEAST_ATTEMPTS, ...shown.map(({ attempt }) => attempt));
  const attempts = Array.from({ length: last }, (_, index) => index + 1);
  const fitted = attempts.map((attempt) => ({ attempt, ...(expected?.(attempt) ?? NOTHING) }));
  const longest = Math.max(
    1,
    ...shown.map(({ delay }) => delay),
    ...fitted.map(({ high }) => high),
  );
  const x = scaleLinear([0.5, last + 0.5], [0, width]);
  const y = scaleLinear([0, longest * 1.08], [height, 0]);

  const outages = [...new Set(shown.map(({ outage }) => outage))];
  const offsets = new Map(
    outages.map((outage, index) => [outage, SPREAD * ((index + 0.5) / outages.length - 0.5)]),
  );
  const points = shown.map((delay): DelayPoint => ({
    x: x(delay.attempt + (outages.length > 1 ? (offsets.get(delay.outage) ?? 0) : 0)),
    y: y(delay.delay),
    delay,
  }));

  const between = line<DelayPoint>(
    (point) => point.x,
    (point) => point.y,
  );
  const curve = line<(typeof fitted)[number]>(
    ({ attempt }) => x(attempt),
    (each) => y(each.expected),
  ).curve(curveMonotoneX);
  const band = area<(typeof fitted)[number]>(
    ({ attempt }) => x(attempt),
    ({ low }) => y(low),
    ({ high }) => y(high),
  ).curve(curveMonotoneX);
  const hasChance = jitter !== 'none' && fitted.some(({ low, high }) => high > low);
  return {
    points,
    runs: outages.map((outage) => ({
      outage,
      path: between(points.filter((point) => point.delay.outage === outage)) ?? '',
    })),
    ...(expected !== undefined && { curve: curve(fitted) ?? '' }),
    ...(expected !== undefined && hasChance && { band: band(fitted) ?? '' }),
    attempts: everyNth(attempts).map((attempt) => ({ place: x(attempt), text: `${attempt}` })),
    delays: spanTicks(longest).map((span) => ({
      place: y(span),
      text: span === 0 ? '0' : formatSpan(span),
    })),
    left: delays.length - shown.length,
  };
}

const NOTHING = { low: 0, expected: 0, high: 0 };

function everyNth(attempts: readonly number[]): number[] {
  const step = Math.ceil(attempts.length / MOST_TICKS);
  return attempts.filter((attempt) => (attempt - 1) % step === 0);
}

/** Round milliseconds, seconds or minutes. */
function spanTicks(longest: Milliseconds): Milliseconds[] {
  const unit = longest < 1_000 ? 1 : longest < 60_000 ? 1_000 : 60_000;
  return scaleLinear([0, longest / unit], [0, 1])
    .ticks(4)
    .map((tick) => tick * unit);
}
