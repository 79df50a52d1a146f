import type { SequenceRange } from './outage-types.ts';

/** The values of one field on the connections around an outage, each in the order in which they came. */
export interface SequenceValues {
  /** One list for each connection before the outage, the last one that was lost. */
  before: number[][];
  after: number[];
}

/** How well values count upwards by one. */
export interface Steadiness {
  steps: number;
  byOne: number;
}

export function steadiness({ before, after }: SequenceValues): Steadiness {
  let steps = 0;
  let byOne = 0;
  for (const list of [...before, after]) {
    for (let index = 1; index < list.length; index += 1) {
      steps += 1;
      if ((list[index] ?? 0) - (list[index - 1] ?? 0) === 1) byOne += 1;
    }
  }
  return { steps, byOne };
}

/** What became of a sequence over an outage. */
export interface SequenceOutcome {
  lost: SequenceRange[];
  repeated: SequenceRange[];
  reordered: number;
  /** It begins again at its first number on each connection: nothing can be concluded. */
  isPerConnection: boolean;
}

/** @returns `undefined` where there is nothing on one of the sides */
export function compareSequence({ before, after }: SequenceValues): SequenceOutcome | undefined {
  const seen = new Set(before.flat());
  const [first] = after;
  if (seen.size === 0 || first === undefined) return undefined;
  const last = Math.max(...seen);
  const least = Math.min(...seen);
  const lowest = Math.min(...after);
  const starts = before.filter((list) => list.length > 0).map(([start = 0]) => start);
  const isPerConnection =
    lowest <= 1 && lowest <= least && first === lowest && starts.every((start) => start === first);
  const got = new Set(after);
  const newest = after.filter((value) => value > last);
  const goesOn = newest.length === 0 ? last + 1 : Math.max(first, Math.min(...newest));
  const lost: number[] = [];
  for (let value = last + 1; value < goesOn && lost.length < MOST_LOST; value += 1) {
    if (!got.has(value)) lost.push(value);
  }
  const repeated = [...got].filter((value) => seen.has(value)).sort((a, b) => a - b);
  let reordered = 0;
  for (let index = 1; index < after.length; index += 1) {
    const value = after[index] ?? 0;
    if (value > last && value < (after[index - 1] ?? 0)) reordered += 1;
  }
  return { lost: toRanges(lost), repeated: toRanges(repeated), reordered, isPerConnection };
}

/** More are not counted one by one. */
const MOST_LOST = 1_000_000;

function toRanges(sorted: readonly number[]): SequenceRange[] {
  const ranges: SequenceRange[] = [];
  for (const value of sorted) {
    const last = ranges.at(-1);
    if (last?.to === value - 1) last.to = value;
    else ranges.push({ from: value, to: value });
  }
  return ranges;
}

export const countIn = (ranges: readonly SequenceRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
