import type { Milliseconds } from '../../src/core/units.ts';

export const POLICY_KINDS = [
  'none',
  'immediate',
  'fixed',
  'linear',
  'exponential',
  'steps',
  'unknown',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export type Jitter = 'none' | 'proportional' | 'full';

/**
 * How long a client waits before each try of an outage, in the words that all libraries can be said in. Pages
 * set their library up by it, and the truth of a recording is this.
 */
export interface Policy {
  readonly kind: PolicyKind;
  /** Before the first try. */
  readonly baseMs?: Milliseconds;
  /** Linear: what each further try adds. */
  readonly stepMs?: Milliseconds;
  /** Exponential: by what each further try multiplies. */
  readonly factor?: number;
  readonly capMs?: Milliseconds;
  /** Steps: before each try; there is no try after the last. */
  readonly delaysMs?: readonly Milliseconds[];
  /**
   * - `proportional`: up to `ratio` of the delay less or more
   * - `full`: anything between `floorMs` and `floorMs` plus the delay
   */
  readonly jitter?: Jitter;
  readonly ratio?: number;
  readonly floorMs?: Milliseconds;
  /** The cap holds for what comes out of the jitter, too. */
  readonly capsLast?: true;
  /** It gives up when this many tries have failed in one outage. */
  readonly attempts?: number;
}

/** The delay before a try without jitter, or before it. */
export function plainDelay(policy: Policy, attempt: number): Milliseconds {
  const { baseMs = 0, capMs = Infinity } = policy;
  switch (policy.kind) {
    case 'none':
    case 'unknown':
      return Infinity;
    case 'immediate':
      return 0;
    case 'fixed':
      return baseMs;
    case 'linear':
      return Math.min(capMs, baseMs + (policy.stepMs ?? baseMs) * (attempt - 1));
    case 'exponential': {
      const grown = baseMs * (policy.factor ?? 2) ** (attempt - 1);
      return policy.capsLast === true ? grown : Math.min(capMs, grown);
    }
    case 'steps':
      return policy.delaysMs?.[attempt - 1] ?? Infinity;
  }
}

/** Between which delays a try can come. */
export function delayRange(policy: Policy, attempt: number): [least: number, most: number] {
  const plain = plainDelay(policy, attempt);
  const { jitter = 'none', ratio = 0, floorMs = 0, capMs = Infinity } = policy;
  const capped = (delay: number) => (policy.capsLast === true ? Math.min(capMs, delay) : delay);
  switch (jitter) {
    case 'none':
      return [capped(plain), capped(plain)];
    case 'proportional':
      return [capped(plain * (1 - ratio)), capped(plain * (1 + ratio))];
    case 'full':
      return [capped(floorMs), capped(floorMs + plain)];
  }
}

/** One delay of the policy, for loops that the page wrote itself; `undefined` once it gives up. */
export function drawDelay(policy: Policy, attempt: number): Milliseconds | undefined {
  if (attempt > (policy.attempts ?? Infinity)) return undefined;
  const [least, most] = delayRange(policy, attempt);
  return Number.isFinite(least) ? least + Math.random() * (most - least) : undefined;
}
