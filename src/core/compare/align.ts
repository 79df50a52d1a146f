import type { MessageFact } from '../facts.ts';
import { type Distribution, distributionOf } from '../measures/distribution.ts';
import { textOf } from '../payload/payload-text.ts';
import { countsOf } from '../story/find-sequence.ts';
import type { Milliseconds } from '../units.ts';
import { lifeOf } from './carried.ts';
import type { MeasuredSubject, Subject } from './subject.ts';

/**
 * Whose time it is:
 * - `one`: both are in one recording
 * - `wall`: two recordings of the same time, joined by the wall clocks of their machines
 * - `apart`: recordings of different times, each counted from its own beginning
 */
export type SharedClock = 'one' | 'wall' | 'apart';

/** The same events in two subjects: who had them, and who had them first. */
export interface Alignment {
  /** How they were found to be the same. */
  readonly by: { readonly field: string } | 'equal payloads';
  /** In a sentence. */
  readonly evidence: string;
  readonly clock: SharedClock;
  /** What to add to a time of the other one to have it on the clock of the baseline. */
  readonly offset: Milliseconds;
  readonly shared: number;
  /** How much later the other one had an event than the baseline; below 0 it was earlier. Absent where the clocks are apart. */
  readonly lag: Distribution | undefined;
  readonly firstIn: { readonly base: number; readonly other: number; readonly both: number };
  /** Of the events of the time that both saw, those that only the other one had; only a count tells. */
  readonly missedByBase: number | undefined;
  readonly missedByOther: number | undefined;
  /** Rows of the same event in both, in the order of the baseline. */
  readonly pairs: readonly EventPair[];
}

export interface EventPair {
  readonly baseRow: number;
  readonly otherRow: number;
}

/** Page clocks tell no less. */
const SAME: Milliseconds = 1;
const LEAST_SHARED = 3;
/** So many are looked at to make sure that two counters count the same. */
const PROVED_BY = 12;
const PROVED_SHARE = 0.8;
/** Equal numbers above this are no accident: times, ids. */
const TELLING = 9_999;

/** @returns `undefined` where nothing says that both carry the same events */
export function align(base: MeasuredSubject, other: MeasuredSubject): Alignment | undefined {
  const counted = [...base.carried.sequences]
    .map(([field, rows]) => ({ field, ...sharedRows(rows, other.carried.sequences.get(field)) }))
    .filter(({ pairs }) => pairs.length >= LEAST_SHARED)
    .toSorted((a, b) => b.pairs.length - a.pairs.length)
    .find(({ pairs }) => areTheSame(base.subject, other.subject, pairs));
  if (counted !== undefined) {
    const { field, pairs, missedByBase, missedByOther } = counted;
    return alignment(base.subject, other.subject, pairs, {
      by: { field },
      evidence: `Both count with “${field}”, and their messages hold the same.`,
      missedByBase,
      missedByOther,
    });
  }
  const { pairs } = sharedRows(base.carried.payloads, other.carried.payloads);
  if (pairs.length < LEAST_SHARED) return undefined;
  return alignment(base.subject, other.subject, pairs, {
    by: 'equal payloads',
    evidence: 'Payloads that came once in each, and are equal.',
    missedByBase: undefined,
    missedByOther: undefined,
  });
}

type Rows = ReadonlyMap<string, number>;

function sharedRows(base: Rows, other: Rows | undefined) {
  const pairs: EventPair[] = [];
  for (const [key, baseRow] of base) {
    const otherRow = other?.get(key);
    if (otherRow !== undefined) pairs.push({ baseRow, otherRow });
  }
  return {
    pairs,
    missedByBase: missing(other ?? new Map<string, number>(), base),
    missedByOther: missing(base, other ?? new Map<string, number>()),
  };
}

/** How many of the values of one lie within those of the other and are not there. */
function missing(those: Rows, from: Rows): number {
  const range = new Map<string, { low: number; high: number }>();
  for (const key of from.keys()) {
    const [direction, value] = partsOf(key);
    const known = range.get(direction) ?? { low: value, high: value };
    range.set(direction, { low: Math.min(known.low, value), high: Math.max(known.high, value) });
  }
  return [...those.keys()].filter((key) => {
    const [direction, value] = partsOf(key);
    const within = range.get(direction);
    return within !== undefined && value >= within.low && value <= within.high && !from.has(key);
  }).length;
}

function partsOf(key: string): [direction: string, value: number] {
  const [direction = '', value = ''] = key.split(' ');
  return [direction, Number(value)];
}

/** Two feeds may count from 1 without having anything to do with each other: what stands beside the count has to be equal. */
function areTheSame(base: Subject, other: Subject, pairs: readonly EventPair[]): boolean {
  const step = Math.max(1, Math.floor(pairs.length / PROVED_BY));
  const looked = pairs.filter((_, index) => index % step === 0).slice(0, PROVED_BY);
  const proved = looked.filter(({ baseRow, otherRow }) =>
    holdTheSame(base.session.messages.read(baseRow), other.session.messages.read(otherRow)),
  );
  return proved.length >= PROVED_SHARE * looked.length;
}

function holdTheSame(a: MessageFact, b: MessageFact): boolean {
  if (a.payload === null || b.payload === null) return false;
  const [shorter, longer] = [textOf(a.payload), textOf(b.payload)].toSorted(
    (one, two) => one.length - two.length,
  );
  if (shorter !== undefined && shorter.length > 2 && longer?.includes(shorter) === true) {
    return true;
  }
  const telling = (message: MessageFact) =>
    countsOf(message, undefined)
      .map(({ value }) => value)
      .filter((value) => value > TELLING);
  const inB = new Set(telling(b));
  return telling(a).some((value) => inB.has(value));
}

function alignment(
  base: Subject,
  other: Subject,
  pairs: readonly EventPair[],
  found: Pick<Alignment, 'by' | 'evidence' | 'missedByBase' | 'missedByOther'>,
): Alignment {
  const { clock, offset } = clockOf(base, other);
  const lags = pairs.map(
    ({ baseRow, otherRow }) =>
      other.session.messages.at(otherRow) + offset - base.session.messages.at(baseRow),
  );
  return {
    ...found,
    clock,
    offset,
    shared: pairs.length,
    lag: clock === 'apart' ? undefined : distributionOf(lags),
    firstIn: {
      base: lags.filter((lag) => lag > SAME).length,
      other: lags.filter((lag) => lag < -SAME).length,
      both: lags.filter((lag) => Math.abs(lag) <= SAME).length,
    },
    pairs,
  };
}

/** How the times of one recording stand to those of another. */
export function clockOf(
  base: Subject,
  other: Subject,
): { clock: SharedClock; offset: Milliseconds } {
  if (base.session === other.session) return { clock: 'one', offset: 0 };
  const wall = other.session.header.startedAt - base.session.header.startedAt;
  const [baseLife, otherLife] = [lifeOf(base), lifeOf(other)];
  const doOverlap = otherLife.from + wall < baseLife.to && baseLife.from < otherLife.to + wall;
  return doOverlap
    ? { clock: 'wall', offset: wall }
    : { clock: 'apart', offset: baseLife.from - otherLife.from };
}
