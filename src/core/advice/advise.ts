import { type AdviceInput, type Finding, type Rule, SEVERITIES } from './rule.ts';
import { RULES } from './rules.ts';

/** A rule that broke; the others went on. */
export interface RuleFailure {
  readonly rule: string;
  readonly message: string;
}

export interface Advice {
  /** The gravest first. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/** What all rules say of a session. */
export function advise(input: AdviceInput, rules: readonly Rule[] = RULES): Advice {
  const steps = adviseInSteps(input, rules);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps, each one rule on one channel, so that whoever has something else to do can do it between; tells how many are done. */
export function* adviseInSteps(
  input: AdviceInput,
  rules: readonly Rule[] = RULES,
): Generator<number, Advice, void> {
  const findings: Finding[] = [];
  const failures = new Map<string, RuleFailure>();
  let done = 0;
  for (const rule of rules) {
    for (const part of partsOf(input, rule)) {
      try {
        findings.push(...rule.find(part));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failures.set(rule.id, { rule: rule.id, message });
      }
      done += 1;
      yield done;
    }
  }
  return { findings: findings.sort(byGravity), failures: [...failures.values()] };
}

function partsOf({ session, channels }: AdviceInput, { scope }: Rule): readonly AdviceInput[] {
  return scope === 'session'
    ? [{ session, channels }]
    : channels.map((channel) => ({ session, channels: [channel] }));
}

function byGravity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.weight - a.weight;
}
