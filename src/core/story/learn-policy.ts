import { formatCountOf, formatSpan } from '../format.ts';
import type { Milliseconds } from '../units.ts';
import { type DelayModel, expectedDelay } from './delay-models.ts';
import { describePolicy } from './describe-policy.ts';
import { type DelaySample, type Fit, fitDelays } from './fit-policy.ts';
import { knownSteps } from './known-steps.ts';
import type { MeasuredDelay, PolicyKind, ReconnectPolicy } from './policy-types.ts';

/** What the outages tell beside their delays. */
export interface PolicyFacts {
  delays: MeasuredDelay[];
  by: 'page' | 'browser';
  /** Whether an outage lasts and nobody is trying; then how long, and after how many tries. */
  stopped?: { after: number; since: Milliseconds };
  outages: number;
  reconnectionTime?: Milliseconds;
}

/** A delay that no timer made. */
const AT_ONCE: Milliseconds = 20;
/** How much better a numbering has to explain the delays than the plain one. */
const BETTER = 3;
/** Somebody who has not tried for so long, when nothing tells how long they wait, has stopped. */
export const PATIENCE: Milliseconds = 2_000;

export function learnPolicy(facts: PolicyFacts): ReconnectPolicy {
  const { delays, by, stopped, reconnectionTime } = facts;
  const attempts = Math.max(0, ...delays.map(({ attempt }) => attempt));
  const known = {
    by,
    attempts,
    delays,
    ...(reconnectionTime !== undefined && { reconnectionTime }),
  };
  if (delays.length === 0) return withoutTries(facts, known);
  const found = formula(delays, by);
  const rest: Omit<ReconnectPolicy, 'summary'> = {
    ...known,
    ...found,
  };
  if (stopped !== undefined && hasStopped(stopped, found)) {
    rest.givesUpAfter = stopped.after;
    const { after, since } = stopped;
    rest.evidence = [
      ...rest.evidence,
      `no try came after the ${after}${ordinal(after)} ${sinceWords(since)}`,
    ];
  }
  return { ...rest, summary: describePolicy(rest) };
}

type Known = Pick<ReconnectPolicy, 'by' | 'attempts' | 'delays' | 'reconnectionTime'>;
type Formula = Omit<ReconnectPolicy, keyof Known | 'summary' | 'givesUpAfter'>;

function withoutTries({ stopped, outages }: PolicyFacts, known: Known): ReconnectPolicy {
  const isNone = stopped !== undefined;
  const kind: PolicyKind = isNone ? 'none' : 'unknown';
  const rest = {
    ...known,
    kind,
    immediateTries: 0,
    jitter: 'unknown' as const,
    evidence: isNone
      ? [`it was lost, and nobody tried again ${sinceWords(stopped.since)}`]
      : [outages === 0 ? 'it was never lost' : 'it was just lost'],
  };
  return { ...rest, summary: describePolicy(rest) };
}

const ordinal = (number: number): string => ['th', 'st', 'nd', 'rd'][number] ?? 'th';

const sinceWords = (since: Milliseconds): string =>
  since === Infinity ? 'before the recording ended' : `for ${formatSpan(since)}`;

function hasStopped({ after, since }: { after: number; since: Milliseconds }, found: Formula) {
  const next = found.expected?.(after + 1).high ?? PATIENCE;
  return since > next * 1.3 + 100;
}

/** Numberings of the tries: each outage begins anew; or the first try at once, and the formula from the second on. */
function formula(delays: readonly MeasuredDelay[], by: 'page' | 'browser'): Formula {
  const plain = delays.map(({ attempt, delay }) => ({ attempt, delay }));
  if (by === 'browser') return browserFormula(plain);
  const steps = knownSteps(plain);
  if (steps !== undefined) return steps;
  const firsts = plain.filter(({ attempt }) => attempt === 1);
  const later = plain.filter(({ attempt }) => attempt > 1);
  const isFirstAtOnce =
    firsts.length > 0 &&
    firsts.every(({ delay }) => delay <= AT_ONCE) &&
    later.some(({ delay }) => delay > 2 * AT_ONCE);
  const immediateTries = isFirstAtOnce ? 1 : 0;
  const samples = isFirstAtOnce
    ? later.map(({ attempt, delay }) => ({ attempt: attempt - 1, delay }))
    : plain;
  const fit = bestNumbering(samples, delays, immediateTries);
  return fit === undefined ? unknownFormula(plain) : toFormula(fit, samples, immediateTries);
}

/** A library that takes a short life for none goes on counting from one outage to the next. */
function bestNumbering(
  samples: readonly DelaySample[],
  delays: readonly MeasuredDelay[],
  immediateTries: number,
): Fit | undefined {
  const anew = fitDelays(samples);
  if (immediateTries > 0 || delays.at(-1)?.outage === 0) return anew;
  const counted = delays.map(({ delay }, index) => ({ attempt: index + 1, delay }));
  const onward = fitDelays(counted);
  return onward !== undefined && anew !== undefined && onward.score > anew.score + BETTER
    ? onward
    : anew;
}

function browserFormula(samples: readonly DelaySample[]): Formula {
  const sorted = samples.map(({ delay }) => delay).sort((a, b) => a - b);
  const base = sorted[0] ?? 0;
  const expected = { low: base, expected: base, high: sorted[sorted.length >> 1] ?? base };
  return {
    kind: 'fixed',
    base,
    immediateTries: 0,
    jitter: 'none',
    expected: () => expected,
    evidence: [
      `the browser tried again after ${formatSpan(base)} at the soonest, ${formatCountOf(samples.length, 'time')} in all; where DevTools’ log does not tell when it asked, the handshake is in it`,
    ],
  };
}

function unknownFormula(samples: readonly DelaySample[]): Formula {
  return {
    kind: 'unknown',
    immediateTries: 0,
    jitter: 'unknown',
    evidence: [`${formatCountOf(samples.length, 'delay')} follow no formula that is known`],
  };
}

function toFormula(
  { model }: Fit,
  samples: readonly DelaySample[],
  immediateTries: number,
): Formula {
  const longest = Math.max(...samples.map(({ delay }) => delay));
  const most = Math.max(...samples.map(({ attempt }) => attempt));
  const shown = samples.slice(-8).map(({ delay }) => formatSpan(delay));
  const evidence = [`waited ${shown.join(', ')}`];
  if (longest <= AT_ONCE) {
    return {
      kind: 'immediate',
      base: 0,
      immediateTries: 0,
      jitter: 'none',
      expected: () => ({ low: 0, expected: longest / 2, high: longest }),
      evidence,
    };
  }
  const expected = (attempt: number) =>
    attempt <= immediateTries
      ? { low: 0, expected: 0, high: AT_ONCE }
      : expectedDelay(model, attempt - immediateTries);
  const isOneTry = most === 1;
  if (isOneTry) {
    evidence.push('no outage took a second try, so nobody can tell whether the delay grows');
  } else if (most === 2 && model.shape !== 'fixed') {
    evidence.push('no outage took a third try: a growth by a step would look the same');
  }
  return {
    kind: isOneTry && (samples.length === 1 || model.jitter !== 'none') ? 'unknown' : model.shape,
    base: Math.round(model.base),
    ...(model.shape === 'exponential' && { factor: model.factor }),
    ...(model.shape === 'linear' && { step: Math.round(model.step) }),
    ...(model.cap !== Infinity && { cap: Math.round(model.cap) }),
    immediateTries,
    jitter: samples.length < 3 && model.jitter !== 'none' ? 'unknown' : model.jitter,
    ...(model.jitter === 'proportional' && { jitterShare: model.share }),
    expected,
    evidence: [...evidence, ...modelWords(model)],
  };
}

function modelWords({ jitter, isChanceCapped, cap, floor }: DelayModel): string[] {
  if (jitter === 'proportional' && isChanceCapped && cap !== Infinity) {
    return ['the cap cuts off what chance adds'];
  }
  return jitter === 'full' && floor > 0 ? [`chance adds to ${formatSpan(floor)}`] : [];
}
