import { createRandom } from '../drill/random.ts';
import { cliffsDelta, type EffectWord, effectWord } from './effect-size.ts';
import type { MeasureFace } from './measure-kinds.ts';
import type { Random } from './random-variates.ts';
import type { Reading } from './reading.ts';

/** In 95 of 100 cases what was measured lies between; in the unit of what it belongs to. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * - `equal`: the same value
 * - `differs`: more than chance explains, or counted exactly
 * - `within chance`: so many messages could not show a difference, if there is one
 * - `too few`: nobody can say how sure it is
 */
export type Verdict = 'equal' | 'differs' | 'within chance' | 'too few';

/** How a subject differs from the one that it is compared with. */
export interface Difference {
  readonly verdict: Verdict;
  readonly delta: number;
  /** Absent where one of them is 0. */
  readonly ratio: number | undefined;
  /** Of the ratio where there is one, else of the delta; absent where it was counted, or nobody can say. */
  readonly interval: Interval | undefined;
  /** How often a value of the one is larger than one of the other; absent where there are no values behind it. */
  readonly effect: { readonly delta: number; readonly word: EffectWord } | undefined;
  /** Larger for what differs more; 0 for no difference. */
  readonly weight: number;
}

const DRAWS = 1_000;
/** The same messages give the same interval. */
const SEED = 0x5eed;
const MOST_DOUBLINGS = 8;
const NOTICED = 10;
/** A difference of shares by a third weighs as much as a doubling. */
const SHARE_WEIGHT = 3;
/** What only describes, and what nobody can be sure of, comes after the rest. */
const DESCRIBES = 0.5;
const UNSURE = 0.25;

export function differenceOf(
  kind: Pick<MeasureFace, 'unit' | 'better'>,
  value: Reading,
  base: Reading,
): Difference {
  const delta = value.value - base.value;
  const isWord = kind.unit === 'word';
  const isRatio = !isWord && kind.unit !== 'share' && value.value > 0 && base.value > 0;
  const ratio = isRatio ? value.value / base.value : undefined;
  const verdict = isWord
    ? value.word === base.word
      ? 'equal'
      : 'differs'
    : verdictOf(value, base, delta);
  const hasChance = value.chance !== 'exact' || base.chance !== 'exact';
  const isKnown = hasChance && verdict !== 'too few';
  return {
    verdict,
    delta,
    ratio,
    interval: isKnown
      ? drawn(value, base, (a, b) => (ratio === undefined ? a - b : a / b))
      : undefined,
    effect: effectOf(value, base),
    weight: weightOf(kind, verdict, delta, ratio),
  };
}

function verdictOf(value: Reading, base: Reading, delta: number): Verdict {
  if (value.chance === 'too few' || base.chance === 'too few') {
    return delta === 0 ? 'equal' : 'too few';
  }
  if (value.chance === 'exact' && base.chance === 'exact') {
    return delta === 0 ? 'equal' : 'differs';
  }
  const { low, high } = drawn(value, base, (a, b) => a - b);
  return low <= 0 && high >= 0 ? 'within chance' : 'differs';
}

/** The middle 95 of 100 of what the two might have come out as. */
function drawn(value: Reading, base: Reading, join: (a: number, b: number) => number): Interval {
  const random = createRandom(SEED);
  const draws = Float64Array.from({ length: DRAWS }, () =>
    join(drawOf(value, random), drawOf(base, random)),
  ).sort();
  const at = (share: number) => draws[Math.min(DRAWS - 1, Math.floor(share * DRAWS))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

const drawOf = ({ chance, value }: Reading, random: Random): number =>
  typeof chance === 'function' ? chance(random) : value;

function effectOf({ spread }: Reading, base: Reading): Difference['effect'] {
  if (spread === undefined || base.spread === undefined) return undefined;
  const delta = cliffsDelta(spread.sorted, base.spread.sorted);
  return { delta, word: effectWord(delta) };
}

function doublingsOf(unit: MeasureFace['unit'], delta: number, ratio: number | undefined): number {
  if (ratio !== undefined) return Math.abs(Math.log2(ratio));
  // Against nothing: of times as many doublings of what nobody would notice.
  return unit === 'milliseconds' ? Math.log2(1 + Math.abs(delta) / NOTICED) : MOST_DOUBLINGS / 2;
}

function weightOf(
  { unit, better }: Pick<MeasureFace, 'unit' | 'better'>,
  verdict: Verdict,
  delta: number,
  ratio: number | undefined,
): number {
  if (verdict === 'equal' || verdict === 'within chance') return 0;
  const size =
    unit === 'word'
      ? 1
      : unit === 'share'
        ? Math.abs(delta) * SHARE_WEIGHT
        : Math.min(MOST_DOUBLINGS, doublingsOf(unit, delta, ratio));
  return size * (better === 'neither' ? DESCRIBES : 1) * (verdict === 'too few' ? UNSURE : 1);
}
