import type { TimeWindow } from '../time-window.ts';
import type { Milliseconds } from '../units.ts';
import type { Kind } from './kind-book.ts';

/** What is remarkable about when a kind comes: it came up late, or it stays away. */
export type KindNews = 'new' | 'vanished';

/** So long a channel shows what it usually carries; what comes up afterwards is new. */
const SETTLED: Milliseconds = 10_000;
/** It stays new for so long, and for this share of the channel's life. */
const NEW_FOR: Milliseconds = 10_000;
const NEW_SHARE = 0.2;
/** Fewer messages than this have no rhythm. */
const FEWEST = 5;
const SILENCE: Milliseconds = 10_000;
/** A silence is remarkable when it is so many times the longest pause before. */
const OUT_OF_RHYTHM = 3;

/** @param life of the channel: from its first connection to its end, or to now */
export function kindNews(
  {
    firstAt,
    lastAt,
    messages,
    longestPause,
  }: Pick<Kind, 'firstAt' | 'lastAt' | 'messages' | 'longestPause'>,
  { from, to }: TimeWindow,
): KindNews | undefined {
  const isLate = firstAt - from >= SETTLED;
  if (isLate && to - firstAt <= Math.max(NEW_FOR, NEW_SHARE * (to - from))) return 'new';
  const silence = to - lastAt;
  const isLongSilent = silence > SILENCE && silence > OUT_OF_RHYTHM * longestPause;
  return messages >= FEWEST && isLongSilent ? 'vanished' : undefined;
}
