import { advise } from './advise.ts';
import type { AdviceInput, Finding, Severity } from './rule.ts';
import { ruleOf } from './rules.ts';

/** Something worth telling, with the rule that found it. */
export interface FindingReport {
  rule: string;
  severity: Severity;
  summary: string;
  /** What to do. */
  advice: string;
  /** What it costs if the advice is followed though it does not fit. */
  ifWrong: string;
  /** How we know. */
  source: string;
  /** `m` and the number of a message, `k` and that of a connection. */
  evidence: string[];
  /** `c` and the numbers of the channels, where there are several. */
  channels?: string[];
}

export interface FindingsReport {
  /** About one channel, by its number. */
  of: (channel: number) => FindingReport[];
  ofSeveral: FindingReport[];
  /** Rules that broke, a sentence each. */
  unchecked: string[];
}

export function reportFindings(input: AdviceInput): FindingsReport {
  const { findings, failures } = advise(input);
  return {
    of: (channel) =>
      findings
        .filter(({ channels }) => channels.length === 1 && channels[0] === channel)
        .map(reportFinding),
    ofSeveral: findings.filter(({ channels }) => channels.length !== 1).map(reportFinding),
    unchecked: failures.map(
      ({ rule, message }) => `The rule “${rule}” failed and found nothing: ${message}`,
    ),
  };
}

function reportFinding(finding: Finding): FindingReport {
  const { rule, severity, summary, advice, ifWrong, rows, connections, channels } = finding;
  return {
    rule,
    severity,
    summary,
    advice,
    ifWrong,
    source: ruleOf(rule)?.source ?? '',
    evidence: [...rows.map((row) => `m${row}`), ...connections.map((id) => `k${id}`)],
    ...(channels.length > 1 && { channels: channels.map((id) => `c${id}`) }),
  };
}
