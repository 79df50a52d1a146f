import type { Milliseconds } from '../units.ts';

/** How the delays of one outage grow from attempt to attempt. */
export const POLICY_KINDS = [
  /** The next try comes at once. */
  'immediate',
  /** Always the same delay. */
  'fixed',
  /** Each delay is a step longer than the one before. */
  'linear',
  /** Each delay is a multiple of the one before. */
  'exponential',
  /** A list of delays that follows no formula, the same in each outage. */
  'steps',
  /** It ended abnormally and nobody tried again. */
  'none',
  /** No outage, or too few tries to tell. */
  'unknown',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/**
 * How chance changes a delay: `proportional` around the expected one (± a share of it), `full` anything
 * between (nearly) nothing and it.
 */
export const JITTER_KINDS = ['none', 'proportional', 'full', 'unknown'] as const;
export type JitterKind = (typeof JITTER_KINDS)[number];

/** One try to reconnect: how long after the end of the try before it was made. */
export interface MeasuredDelay {
  /** Index in the outages of the channel. */
  outage: number;
  /** From 1: the first try after the connection was lost. */
  attempt: number;
  delay: Milliseconds;
  /** The connection that this try made. */
  connection: number;
  /** Whether the try opened. */
  isOpened: boolean;
}

/** Where the policy expects the delay before an attempt, with chance taken into account. */
export interface ExpectedDelay {
  low: Milliseconds;
  expected: Milliseconds;
  high: Milliseconds;
}

/** What a page or the browser does after a connection is lost, as the measured delays tell it. */
export interface ReconnectPolicy {
  kind: PolicyKind;
  /** Who waits and tries again: the browser does for one EventSource object. */
  by: 'page' | 'browser';
  /** The expected delay before the first try that follows the formula. */
  base?: Milliseconds;
  /** Exponential: each delay by the one before. */
  factor?: number;
  /** Linear: each delay minus the one before. */
  step?: Milliseconds;
  /** The longest delay; absent where none was reached. */
  cap?: Milliseconds;
  /** `steps`: the delays of the list. */
  steps?: Milliseconds[];
  /** Tries that are made at once before the formula begins. */
  immediateTries: number;
  jitter: JitterKind;
  /** Proportional jitter: the largest share of the expected delay that chance added or took (0.5 is ± 50 %). */
  jitterShare?: number;
  /** The most tries that were made in one outage. */
  attempts: number;
  /** It stopped trying after so many, and the session went on for longer than the next delay would have been. */
  givesUpAfter?: number;
  /** EventSource: the `retry:` that the server set last, where known. */
  reconnectionTime?: Milliseconds;
  /** All delays, in the order in which the tries were made. */
  delays: MeasuredDelay[];
  /** The fitted curve, by attempt (from 1); absent where nothing could be fitted. */
  expected?: (attempt: number) => ExpectedDelay;
  /** In a sentence: `Waits 100 ms, twice as long after each try, at most 5 s, ± 50 % by chance.` */
  summary: string;
  /** Why we think so, in words with numbers. */
  evidence: string[];
}
