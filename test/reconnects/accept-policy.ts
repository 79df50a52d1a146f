import { plainDelay, type Jitter, type Policy, type PolicyKind } from './policy.ts';
import type { Milliseconds } from '../../src/core/units.ts';
import type { PolicyTruth, Range } from './truth.ts';

/** Every try comes a little later than planned: a turn of the event loop, a handshake that fails first. */
const LATE: Milliseconds = 60;

/** How far a number may be off, as shares of it: jitter leaves the size of things, not their numbers. */
const SHARES: Readonly<Record<Jitter, readonly [least: number, most: number]>> = {
  none: [0.87, 1.13],
  proportional: [0.55, 1.45],
  full: [0.4, 2],
};

/**
 * Which answers the tries of a recording allow. The settings' own is always among them and first; another one
 * is right beside it only where the tries are too few to tell the two apart.
 *
 * @param tries how many delays each outage shows
 */
export function acceptPolicy(
  policy: Policy,
  tries: readonly number[],
  gaveUp: boolean,
): PolicyTruth {
  const most = Math.max(0, ...tries);
  const total = tries.reduce((sum, one) => sum + one, 0);
  const settings = { settings: policy, ...(gaveUp && { gaveUpAfter: most }) };
  if (total === 0)
    return { ...settings, kinds: ['none', 'unknown'], why: 'there was no try to see' };
  const { kind, jitter = 'none' } = policy;
  const others = otherKinds(policy, most, total, tries.length === 1);
  return {
    ...settings,
    kinds: [kind, ...others.kinds],
    ...(total >= 2 && { jitters: [jitter, ...otherJitters(policy, total)] }),
    ...numbersOf(policy, most, total),
    ...(others.why !== undefined && { why: others.why }),
  };
}

function otherKinds(
  policy: Policy,
  most: number,
  total: number,
  isOnce: boolean,
): { kinds: PolicyKind[]; why?: string } {
  const { kind, jitter = 'none' } = policy;
  if (total === 1) {
    return { kinds: allOf('fixed', kind), why: 'one delay does not show how it goes on' };
  }
  if (kind === 'steps' && (isOnce || most < 3)) {
    return {
      kinds: ['immediate', 'fixed', 'linear', 'exponential', 'unknown'],
      why: 'steps show only where a longer outage goes through them again',
    };
  }
  if (kind !== 'exponential' && kind !== 'linear') return { kinds: [] };
  if (most === 1) return { kinds: allOf('fixed', kind), why: 'no outage had a second try' };
  if (most === 2) {
    const other = kind === 'linear' ? 'exponential' : 'linear';
    return { kinds: allOf(other, kind), why: 'two delays show that it grows, not how' };
  }
  if (jitter !== 'none' && most < 5) {
    return { kinds: allOf('linear', kind), why: 'jitter hides the shape of so few delays' };
  }
  return { kinds: [] };
}

function allOf(other: PolicyKind, kind: PolicyKind): PolicyKind[] {
  return kind === other ? ['unknown'] : [other, 'unknown'];
}

function otherJitters({ jitter = 'none' }: Policy, total: number): Jitter[] {
  return jitter !== 'none' && total < 8
    ? (['proportional', 'full', 'none'] as const).filter((one) => one !== jitter)
    : [];
}

function numbersOf(
  policy: Policy,
  most: number,
  total: number,
): Pick<PolicyTruth, 'baseMs' | 'factor' | 'stepMs' | 'capMs'> {
  const { kind, jitter = 'none', capMs = Infinity, factor = 2, floorMs = 0 } = policy;
  if (kind === 'steps' || kind === 'none' || kind === 'unknown') return {};
  const plain = Array.from({ length: most }, (_, index) => plainDelay(policy, index + 1));
  const reachesCap = plain.filter((delay) => delay >= capMs).length;
  const grows = plain.filter((delay) => delay < capMs).length;
  const share = SHARES[jitter];
  const growth = factor - 1;
  const base = plainDelay(policy, 1);
  return {
    ...(total >= 2 && { baseMs: around(base, share, floorMs) }),
    ...(kind === 'exponential' &&
      grows >= 3 &&
      jitter !== 'full' && {
        factor: [1 + growth * share[0], 1 + growth * share[1]] as const,
      }),
    ...(kind === 'linear' && grows >= 3 && { stepMs: around(policy.stepMs ?? base, share, 0) }),
    ...(reachesCap >= 2 && grows >= 2 && { capMs: around(capMs, share, floorMs) }),
  };
}

function around(
  value: Milliseconds,
  [least, most]: readonly [number, number],
  floorMs: Milliseconds,
): Range {
  return [Math.round(value * least), Math.round(value * most + floorMs + LATE)];
}
