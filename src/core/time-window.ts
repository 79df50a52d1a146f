import type { Milliseconds } from './units.ts';

/** The stretch of the session's axis that a view shows. */
export interface TimeWindow {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Narrower than this shows nothing more: page clocks have a resolution of 0.1 ms at best. */
const NARROWEST: Milliseconds = 1;

/** The whole session, with its right end at a round time, so that the picture does not creep while recording. */
export function fitWindow(first: Milliseconds, last: Milliseconds): TimeWindow {
  const from = Math.min(0, first);
  return { from, to: from + roundUp(Math.max(10_000, (last - from) * 1.02)) };
}

/** Zooms by a factor (2: twice as close) around a time that keeps its place. */
export function zoomWindow(window: TimeWindow, around: Milliseconds, factor: number): TimeWindow {
  const span = Math.max(NARROWEST, (window.to - window.from) / factor);
  const share = (around - window.from) / (window.to - window.from);
  const from = around - share * span;
  return { from, to: from + span };
}

export function panWindow({ from, to }: TimeWindow, by: Milliseconds): TimeWindow {
  return { from: from + by, to: to + by };
}

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

function roundUp(span: Milliseconds): Milliseconds {
  const unit = 10 ** Math.floor(Math.log10(span));
  return (STEPS.find((step) => step * unit >= span) ?? 10) * unit;
}

/** What people take for round beyond ten seconds: parts of minutes, hours and days, in seconds. */
const CLOCK_STEPS = [
  10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
];

function roundStep(least: Milliseconds): Milliseconds {
  const onClock = CLOCK_STEPS.find((step) => step * 1_000 >= least);
  if (least > 5_000 && onClock !== undefined) return onClock * 1_000;
  const unit = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * unit >= least) ?? 10) * unit;
}

/** Round times for the marks of an axis, no more than `most` of them. */
export function axisTicks({ from, to }: TimeWindow, most: number): Milliseconds[] {
  const step = roundStep((to - from) / Math.max(1, most));
  const first = Math.ceil(from / step);
  // Counted, not added up: at an absurd time a step can be too small to move it.
  const count = Math.min(most + 1, Math.floor(to / step) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
}
