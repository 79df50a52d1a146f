import type { Milliseconds } from '../units.ts';
import type { ExpectedDelay, ReconnectPolicy } from './policy-types.ts';
import type { DelaySample } from './fit-policy.ts';
import { ROUND_NUMBERS } from './round-numbers.ts';
import { fitDelays } from './fit-policy.ts';

type Steps = Pick<
  ReconnectPolicy,
  'kind' | 'base' | 'steps' | 'immediateTries' | 'jitter' | 'expected' | 'evidence'
>;

/** Lists that libraries bring along. */
const LISTS: readonly (readonly [library: string, steps: readonly Milliseconds[]])[] = [
  ['SignalR', [0, 2_000, 10_000, 30_000]],
  ['Phoenix', [10, 50, 100, 150, 200, 250, 500, 1_000, 2_000, 5_000]],
  ['Phoenix channels', [1_000, 2_000, 5_000, 10_000]],
];

const lateness = (step: Milliseconds): Milliseconds => 25 + 0.04 * step;
const isStep = (step: Milliseconds, delay: Milliseconds): boolean =>
  delay >= step - 3 && delay <= step + lateness(step);

/**
 * A list of delays that follows no formula: one that a library is known for, or one of round numbers that came again in a
 * later outage. Where a formula explains the same delays, there is no list.
 */
export function knownSteps(samples: readonly DelaySample[]): Steps | undefined {
  const most = Math.max(...samples.map(({ attempt }) => attempt));
  if (most < 3) return undefined;
  for (const [library, steps] of LISTS) {
    const last = steps.at(-1) ?? 0;
    if (!samples.every(({ attempt, delay }) => isStep(steps[attempt - 1] ?? last, delay))) continue;
    return toSteps(steps.slice(0, most), [`the list of ${library}: ${steps.join(', ')} ms`]);
  }
  const seen = ownList(samples, most);
  return seen === undefined
    ? undefined
    : toSteps(seen, [`the delays are round numbers without a formula: ${seen.join(', ')} ms`]);
}

/** What each try of a list costs: it could have been any round number. */
const STEP_COST = Math.log(ROUND_NUMBERS.length);

function ownList(samples: readonly DelaySample[], most: number): Milliseconds[] | undefined {
  const steps: Milliseconds[] = [];
  for (let attempt = 1; attempt <= most; attempt += 1) {
    const delays = samples.filter((sample) => sample.attempt === attempt).map(({ delay }) => delay);
    const shortest = Math.min(...delays);
    const step = [0, ...ROUND_NUMBERS].findLast((round) => isStep(round, shortest));
    if (step === undefined || !delays.every((delay) => isStep(step, delay))) return undefined;
    steps.push(step);
  }
  // Who never waits has no list.
  if (steps.every((step) => step === 0)) return undefined;
  const isGrowing = steps.every((step, index) => index === 0 || step >= (steps[index - 1] ?? 0));
  const fit = fitDelays(samples);
  const score = samples.reduce(
    (sum, { attempt, delay }) => {
      const step = steps[attempt - 1] ?? 0;
      return sum - Math.log(lateness(step) / 2) - Math.max(0, delay - step) / (lateness(step) / 2);
    },
    -STEP_COST * new Set(steps).size,
  );
  return isGrowing && fit !== undefined && score > fit.score ? steps : undefined;
}

function toSteps(steps: readonly Milliseconds[], evidence: string[]): Steps {
  const expected = (attempt: number): ExpectedDelay => {
    const step = steps[attempt - 1] ?? steps.at(-1) ?? 0;
    return { low: step, expected: step, high: step };
  };
  const base = steps[0] ?? 0;
  return {
    kind: 'steps',
    base,
    steps: [...steps],
    immediateTries: base === 0 ? 1 : 0,
    jitter: 'none',
    expected,
    evidence,
  };
}
