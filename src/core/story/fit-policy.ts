import type { Milliseconds } from '../units.ts';
import { type DelayModel, logLikelihood } from './delay-models.ts';
import { isRound, roundBetween } from './round-numbers.ts';

/** A delay and its place in its outage, as the fit sees it. */
export interface DelaySample {
  /** From 1. */
  attempt: number;
  delay: Milliseconds;
}

export interface Fit {
  model: DelayModel;
  /** The logarithm of the likelihood, less what the parameters cost: higher is better. */
  score: number;
}

/** More delays tell nothing new. */
const MOST_SAMPLES = 60;
const FACTORS: readonly (readonly [factor: number, cost: number])[] = [
  [2, 1],
  [1.5, 1.8],
  [1.3, 2.2],
  [3, 2.2],
  [1.2, 2.5],
  [1.25, 2.5],
  [1.1, 2.5],
  [1.4, 2.5],
  [1.6, 2.5],
  [1.75, 2.5],
  [1.8, 2.5],
  [2.5, 2.5],
  [4, 2.5],
];
const SHARES: readonly (readonly [share: number, cost: number])[] = [
  [0.5, 1],
  [0.1, 1.8],
  [0.2, 1.8],
  [0.25, 1.8],
  [0.3, 1.8],
  [0.4, 2],
];
/** What a parameter costs that people would write, and one that they would not. */
const ROUND_COST = 2;
const ODD_COST = 5;
/** Many delays that are all a little late look like an odd number. */
const ODD_COST_OF_EACH = 0.2;
/** Timers are late by so much at most, on a machine that is not stalled. */
const LATE: Milliseconds = 12;

type Growth = Pick<DelayModel, 'shape' | 'factor'> & { stepShare: number; cost: number };
type Chance = Pick<DelayModel, 'jitter' | 'share' | 'isChanceCapped'> & {
  hasFloor: boolean;
  cost: number;
};

const GROWTHS: readonly Growth[] = [
  { shape: 'fixed', factor: 1, stepShare: 0, cost: 0 },
  ...FACTORS.map(([factor, cost]) => ({
    shape: 'exponential' as const,
    factor,
    stepShare: 0,
    cost: cost + 0.5,
  })),
  ...[1, 0.5, 2].map((stepShare) => ({
    shape: 'linear' as const,
    factor: 1,
    stepShare,
    cost: stepShare === 1 ? 1.5 : 3,
  })),
];

const CHANCES: readonly Chance[] = [
  { jitter: 'none', share: 0, isChanceCapped: false, hasFloor: false, cost: 0 },
  ...[false, true].flatMap((isChanceCapped) =>
    SHARES.map(([share, cost]) => ({
      jitter: 'proportional' as const,
      share,
      isChanceCapped,
      hasFloor: false,
      cost,
    })),
  ),
  { jitter: 'full', share: 1, isChanceCapped: false, hasFloor: false, cost: 1 },
  { jitter: 'full', share: 1, isChanceCapped: false, hasFloor: true, cost: 2.5 },
];

/** The formula that makes the measured delays most likely, of those that people write. */
export function fitDelays(all: readonly DelaySample[]): Fit | undefined {
  const samples = all.slice(-MOST_SAMPLES);
  let best: Fit | undefined;
  for (const growth of GROWTHS) {
    for (const chance of CHANCES) {
      for (const { model, cost } of candidates(growth, chance, samples)) {
        let score = -cost;
        // No delay is certain, so each one lowers the score: who has fallen behind cannot win any more.
        for (const { attempt, delay } of samples) {
          if (best !== undefined && score <= best.score) break;
          score += logLikelihood(model, attempt, delay);
        }
        if (best === undefined || score > best.score) best = { model, score };
      }
    }
  }
  return best;
}

/** Formulas of one shape with those parameters that can be true of these delays. */
function* candidates(
  growth: Growth,
  chance: Chance,
  samples: readonly DelaySample[],
): Generator<{ model: DelayModel; cost: number }> {
  const { shape, factor } = growth;
  const { jitter, share, isChanceCapped } = chance;
  const odd = ODD_COST + ODD_COST_OF_EACH * samples.length;
  const longest = Math.max(...samples.map(({ delay }) => delay));
  if (shape === 'fixed' && (isChanceCapped || chance.hasFloor)) return;
  const open = isChanceCapped ? [] : [Infinity];
  const caps = shape === 'fixed' ? [Infinity] : [...open, ...capsFor(chance, longest)];
  for (const cap of caps) {
    for (const base of basesFor(growth, chance, samples, cap)) {
      const floor = chance.hasFloor ? base : 0;
      const step = shape === 'linear' ? base * growth.stepShare : 0;
      yield {
        model: { shape, base, factor, step, cap, jitter, share, isChanceCapped, floor },
        cost:
          growth.cost +
          chance.cost +
          (isRound(base) ? ROUND_COST : odd) +
          (cap === Infinity ? 0 : isRound(cap) ? ROUND_COST : odd),
      };
    }
  }
}

/** How far above the expected delay chance can go. */
const reach = ({ jitter, share }: Chance): number => (jitter === 'proportional' ? 1 + share : 1);
const capReach = (chance: Chance): number => (chance.isChanceCapped ? 1 : reach(chance));

function capsFor(chance: Chance, longest: Milliseconds): Milliseconds[] {
  const least = (longest - LATE - 0.02 * longest) / capReach(chance);
  const exact = chance.jitter === 'none' ? [Math.floor(longest)] : [];
  // A program may also cap what chance made of the delay.
  const above = roundBetween(least, Math.max(least * 1.4, least + LATE)).slice(0, 3);
  return [
    ...new Set([...above, ...roundBetween(longest - LATE - 0.02 * longest, longest), ...exact]),
  ];
}

/** The smallest base under which all delays are possible, the round numbers near it, and what each delay tells alone. */
function basesFor(
  growth: Growth,
  chance: Chance,
  samples: readonly DelaySample[],
  cap: Milliseconds,
): Milliseconds[] {
  const told = samples
    .filter(({ delay }) => delay < cap * 0.97)
    .map(({ attempt, delay }) => {
      const times = growth.factor ** (attempt - 1) + growth.stepShare * (attempt - 1);
      const floors = chance.hasFloor ? 1 : 0;
      return delay / (times + floors) / reach(chance);
    });
  if (told.length === 0) return [];
  const high = Math.max(...told);
  if (chance.jitter !== 'none') {
    return [...new Set([high, ...roundBetween(high * 0.96 - LATE, high * 1.35).slice(0, 4)])];
  }
  const sorted = [...told].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? high;
  const low = sorted[0] ?? high;
  return [...new Set([...roundBetween(low * 0.93 - LATE, middle + 1), middle, low])];
}
