import { formatCount, formatCountOf, formatSpan } from '../format.ts';
import type { Alignment, SharedClock } from './align.ts';

/** Whose clock tells the times of two recordings. */
export const CLOCK_WORDS: Readonly<Record<SharedClock, string>> = {
  one: 'Both are in one recording and share its clock.',
  wall: 'Two recordings of the same time, joined by the clocks of their machines: where these differ, so does the delay.',
  apart:
    'Recordings of different times, each counted from its own beginning: who was earlier cannot be said.',
};

/** What two subjects have in common, in sentences. @param base, @param other how they are called */
export function alignmentWords(
  { shared, lag, firstIn, missedByBase, missedByOther }: Alignment,
  base: string,
  other: string,
): string[] {
  const words = [`${formatCountOf(shared, 'event')} in both.`];
  if (lag !== undefined) {
    const isLater = lag.p50 >= 0;
    const size = formatSpan(Math.abs(lag.p50));
    words.push(
      Math.abs(lag.p50) < 1
        ? `Half of them within a millisecond of each other; 95 of 100 in ${other} at most ${formatSpan(Math.max(0, lag.p95))} later.`
        : `${other} has them ${size} ${isLater ? 'later' : 'earlier'} than ${base} (median; 95 of 100 ${lag.p95 >= 0 ? `at most ${formatSpan(lag.p95)} later` : `at least ${formatSpan(-lag.p95)} earlier`}).`,
      `First in ${base}: ${formatCount(firstIn.base)}, first in ${other}: ${formatCount(firstIn.other)}, at once: ${formatCount(firstIn.both)}.`,
    );
  }
  if (missedByOther !== undefined && missedByOther > 0) {
    words.push(`${other} missed ${formatCount(missedByOther)} that ${base} has.`);
  }
  if (missedByBase !== undefined && missedByBase > 0) {
    words.push(`${base} missed ${formatCount(missedByBase)} that ${other} has.`);
  }
  if (missedByBase === 0 && missedByOther === 0) words.push('Neither missed any.');
  return words;
}
