import { scaleLinear } from 'd3-scale';
import type { Comparison } from '../../core/compare/compare.ts';
import { clockOf } from '../../core/compare/align.ts';
import { lifeOf } from '../../core/compare/carried.ts';
import { axisTicks, type TimeWindow } from '../../core/time-window.ts';
import { formatTick } from '../../core/format.ts';
import { lowerBound } from '../../core/lower-bound.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { AxisTick } from './layout-delays.ts';

/** The events of all subjects on one clock. */
export interface EventLayout {
  /** A stretch of the clock of the first subject. */
  readonly window: TimeWindow;
  /** Whether that is the time of the recording, or counted from the first event. */
  readonly isSharedClock: boolean;
  readonly lanes: readonly EventLane[];
  /** The way of one event through the lanes, as points of a line. */
  readonly threads: readonly { readonly row: number; readonly points: string }[];
  readonly ticks: readonly AxisTick[];
}

export interface EventLane {
  /** Where events came, in pixels; several at one place are one mark. */
  readonly marks: readonly { readonly x: number; readonly count: number }[];
  readonly y: number;
  /** The stretch in which the subject lived, in pixels. */
  readonly from: number;
  readonly to: number;
}

/** So many events of the first subject make a picture in which one can be followed. */
const EVENTS_SHOWN = 24;
const LEAST_SHOWN: Milliseconds = 200;
const LABEL_WIDTH = 70;
/** Marks closer than this are one. */
const APART = 1;

export const LANE_HEIGHT = 30;

export function layoutEvents(comparison: Comparison, width: number): EventLayout | undefined {
  const { subjects, alignments } = comparison;
  const [base] = subjects;
  if (base === undefined) return undefined;
  const offsets = subjects.map(({ subject }) => clockOf(base.subject, subject));
  const times = subjects.map(({ carried }, index) =>
    carried.ats.map((at) => at + (offsets[index]?.offset ?? 0)),
  );
  const window = windowOf(comparison, times);
  if (window === undefined) return undefined;
  const x = scaleLinear([window.from, window.to], [0, width]);
  const yOf = (index: number): number => index * LANE_HEIGHT + LANE_HEIGHT / 2;
  const lanes = subjects.map(({ subject }, index): EventLane => {
    const { offset } = offsets[index] ?? { offset: 0 };
    const life = lifeOf(subject);
    const within = (at: Milliseconds) => Math.min(width, Math.max(0, x(at)));
    return {
      y: yOf(index),
      from: within(life.from + offset),
      to: within(life.to + offset),
      marks: marksOf(times[index] ?? new Float64Array(), window, x),
    };
  });
  const step = axisTicks(window, Math.max(1, Math.floor(width / LABEL_WIDTH)));
  const gap = (step[1] ?? window.to) - (step[0] ?? window.from);
  return {
    window,
    isSharedClock: offsets.every(({ clock }) => clock !== 'apart'),
    lanes,
    threads: threadsOf(comparison, alignments, window, (at, index) => {
      const { offset } = offsets[index] ?? { offset: 0 };
      return `${x(at + offset).toFixed(1)},${yOf(index)}`;
    }),
    ticks: step.map((at) => ({ place: x(at), text: formatTick(at, gap) })),
  };
}

/** A stretch in the middle of what all have, long enough for some events of each. */
function windowOf(
  { subjects }: Comparison,
  times: readonly Float64Array[],
): TimeWindow | undefined {
  const known = times.filter((each) => each.length > 0);
  const [first] = known;
  if (first === undefined || subjects.length === 0) return undefined;
  const begin = Math.max(...known.map((each) => each[0] ?? 0));
  const end = Math.min(...known.map((each) => each.at(-1) ?? 0));
  const doOverlap = end > begin;
  const from = doOverlap ? begin : (first[0] ?? 0);
  const to = doOverlap ? end : (first.at(-1) ?? from);
  const inside = first.filter((at) => at >= from && at <= to);
  const start = Math.max(0, Math.floor((inside.length - EVENTS_SHOWN) / 2));
  const shown = inside.slice(start, start + EVENTS_SHOWN);
  const left = shown[0] ?? from;
  const right = Math.max(shown.at(-1) ?? to, left + LEAST_SHOWN);
  const margin = (right - left) * 0.04;
  return { from: left - margin, to: right + margin };
}

function marksOf(
  times: Float64Array,
  { from, to }: TimeWindow,
  x: (at: Milliseconds) => number,
): EventLane['marks'] {
  const marks: { x: number; count: number }[] = [];
  const first = lowerBound(times.length, (index) => (times[index] ?? 0) < from);
  for (let index = first; index < times.length && (times[index] ?? 0) <= to; index += 1) {
    const place = x(times[index] ?? 0);
    const last = marks.at(-1);
    if (last !== undefined && place - last.x < APART) last.count += 1;
    else marks.push({ x: place, count: 1 });
  }
  return marks;
}

/** Each event of the first subject in the picture, through every lane that has it. */
function threadsOf(
  { subjects }: Comparison,
  alignments: Comparison['alignments'],
  { from, to }: TimeWindow,
  pointOf: (at: Milliseconds, index: number) => string,
): EventLayout['threads'] {
  const [base] = subjects;
  if (base === undefined) return [];
  const ways = new Map<number, string[]>();
  alignments.forEach((alignment, index) => {
    const messages = subjects[index]?.subject.session.messages;
    if (messages === undefined) return;
    for (const { baseRow, otherRow } of alignment?.pairs ?? []) {
      const at = base.subject.session.messages.at(baseRow);
      if (at < from || at > to) continue;
      let way = ways.get(baseRow);
      if (way === undefined) ways.set(baseRow, (way = [pointOf(at, 0)]));
      way.push(pointOf(messages.at(otherRow), index));
    }
  });
  return [...ways].map(([row, points]) => ({ row, points: points.join(' ') }));
}
