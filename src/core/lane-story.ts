import { formatSpan } from './format.ts';
import { lowerBound } from './lower-bound.ts';
import { type OutageOutcome, outcomeOf, outcomeWords } from './story/describe-outage.ts';
import type { Outage } from './story/outage-types.ts';
import type { TimeWindow } from './time-window.ts';
import type { Milliseconds } from './units.ts';

/** An outage in a lane; several where they are too near to each other to be told apart. */
export interface OutageMark {
  x: number;
  width: number;
  /** The connection that was lost; of several, the first. */
  connection: number;
  count: number;
  outcome: OutageOutcome;
  /** Downtime and verdict, where there is room for the words. */
  label?: string;
}

/** A try to reconnect: when it was made, and the wait before it. */
export interface AttemptMark {
  /** Where the wait began. */
  from: number;
  x: number;
  /** Absent where there is no room for it. */
  label?: string;
  isOpened: boolean;
}

export interface OutageLayout {
  outages: OutageMark[];
  attempts: AttemptMark[];
}

/** Nearer to each other than this, outages are drawn as one, and attempts of one outage too. */
const LEAST_PAUSE = 3;
const LEAST_WIDTH = 3;
/** The mean width of a character of a label. */
const CHARACTER = 5.6;
const PADDING = 6;
/** Narrower outages show no attempts. */
const TELLABLE = 14;

export function layoutOutages(
  outages: readonly Outage[],
  { from, to }: TimeWindow,
  width: number,
): OutageLayout {
  const scale = width / (to - from);
  const xOf = (at: Milliseconds) => (at - from) * scale;
  const marks: OutageMark[] = [];
  const attempts: AttemptMark[] = [];
  const shown = new Map<OutageMark, Outage>();
  for (let index = firstEndingFrom(outages, from); index < outages.length; index += 1) {
    const outage = outages[index];
    if (outage === undefined || outage.start > to) break;
    const x = Math.max(0, xOf(outage.start));
    const right = Math.min(width, Math.max(xOf(outage.start + outage.downtime), x + LEAST_WIDTH));
    const last = marks.at(-1);
    if (
      last !== undefined &&
      x - (last.x + last.width) < LEAST_PAUSE &&
      isNarrow(last, right - x)
    ) {
      last.width = Math.max(last.width, right - last.x);
      last.count += 1;
      shown.delete(last);
      continue;
    }
    const outcome = outcomeOf(outage);
    const mark = { x, width: right - x, connection: outage.connection, count: 1, outcome };
    marks.push(mark);
    shown.set(mark, outage);
  }
  marks.forEach((mark, index) => {
    const outage = shown.get(mark);
    const room = (marks[index + 1]?.x ?? width) - mark.x;
    const text =
      outage === undefined
        ? `${mark.count} outages`
        : `${formatSpan(outage.downtime)} · ${outcomeWords(outage)}`;
    const words = [text, text.split(' · ')[0] ?? ''];
    const label = words.find((each) => each.length * CHARACTER + PADDING <= room);
    if (label !== undefined) mark.label = label;
    if (outage !== undefined && mark.width >= TELLABLE) {
      attempts.push(...layoutAttempts(outage, xOf, width));
    }
  });
  return { outages: marks, attempts };
}

/** Two that are wide enough to be seen stay two. */
function isNarrow(mark: OutageMark, width: number): boolean {
  return mark.width <= TELLABLE || width <= TELLABLE;
}

function layoutAttempts(
  { start, attempts }: Outage,
  xOf: (at: Milliseconds) => number,
  width: number,
): AttemptMark[] {
  const marks: AttemptMark[] = [];
  let down: Milliseconds | undefined = start;
  for (const { createdAt, delay, openedAt, endedAt } of attempts) {
    // An EventSource that reconnects by itself is made anew at once, and asks after its delay.
    const asked = down === undefined ? createdAt : down + delay;
    down = endedAt;
    const x = xOf(asked);
    if (x < 0 || x > width) continue;
    const last = marks.at(-1);
    const isOpened = openedAt !== undefined;
    if (last !== undefined && x - last.x < LEAST_PAUSE && !isOpened) continue;
    const from = Math.max(0, xOf(asked - delay), last?.x ?? 0);
    const text = formatSpan(delay);
    const hasRoom = text.length * CHARACTER + PADDING <= x - from;
    marks.push({ from, x, isOpened, ...(hasRoom && { label: text }) });
  }
  return marks;
}

/** Outages follow one another, so the first that reaches into the window is found by halving. */
export function firstEndingFrom(outages: readonly Outage[], at: Milliseconds): number {
  return lowerBound(outages.length, (index) => {
    const { start, downtime } = outages[index] ?? { start: 0, downtime: 0 };
    return start + downtime < at;
  });
}
