import type { SessionBuilder } from '../builders/session.ts';

/** A session that a rule has to find, and one that looks like it and is none. */
export interface AdviceCase {
  readonly found: () => SessionBuilder;
  readonly lookAlike: () => SessionBuilder;
  /** Why that one is no finding. */
  readonly because: string;
}

/** By the id of the rule. */
export type AdviceCases = Readonly<Record<string, AdviceCase>>;
