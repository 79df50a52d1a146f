import { formatCountOf } from '../../../core/format.ts';
import { type Finding, SEVERITIES, type Severity } from '../../../core/advice/rule.ts';

/** How grave it is, told by a sign and a word; colour comes on top. */
export const SEVERITY_LOOK: Readonly<Record<Severity, { sign: string; word: string }>> = {
  error: { sign: '✕', word: 'Error' },
  warning: { sign: '⚠', word: 'Warning' },
  info: { sign: '○', word: 'Note' },
};

/** How many of each, the gravest first; none of those that there are none of. */
export function countsOf(
  findings: readonly Finding[],
): { severity: Severity; count: number; words: string }[] {
  return SEVERITIES.toReversed().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const words = formatCountOf(count, SEVERITY_LOOK[severity].word.toLowerCase());
    return count === 0 ? [] : [{ severity, count, words }];
  });
}
