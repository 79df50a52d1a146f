import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/core/advice/advise.ts';
import { reportFindings } from '../../../src/core/advice/report-findings.ts';
import type { Rule } from '../../../src/core/advice/rule.ts';
import { RULES } from '../../../src/core/advice/rules.ts';
import { channelRule } from '../../../src/core/advice/said.ts';
import { aSocket, BROKEN, lookedAt, SOCKET } from '../../builders/advice.ts';

const ABOUT = { topic: 'Messages', title: 'Made up', source: 'a test' } as const;
const WORDS = { summary: 'A.', advice: 'B.', ifWrong: 'C.' };
const says = (id: string, severity: 'info' | 'warning' | 'error', rows: number[]): Rule =>
  channelRule({ id, ...ABOUT }, () => [{ ...WORDS, severity, rows }]);
const breaks: Rule = channelRule({ id: 'breaks', ...ABOUT }, () => {
  throw new Error('no such thing');
});

const input = lookedAt(aSocket(`${SOCKET}?token=0123456789`).receives('1').ends(BROKEN).build());

describe('advice', () => {
  it('tells the gravest first, and of equals what shows most', () => {
    const rules = [says('a', 'info', [1]), says('b', 'error', [1]), says('c', 'info', [1, 2])];
    expect(advise(input, rules).findings.map(({ rule }) => rule)).toEqual(['b', 'c', 'a']);
  });

  it('names ten of each sort as evidence, and counts all', () => {
    const rows = Array.from({ length: 25 }, (_, row) => row);
    const [finding] = advise(input, [says('a', 'info', rows)]).findings;
    expect(finding?.rows).toHaveLength(10);
    expect(finding?.weight).toBe(25);
  });

  it('goes on when a rule breaks, and tells so', () => {
    const { findings, failures } = advise(input, [breaks, says('a', 'info', [1])]);
    expect(findings).toHaveLength(1);
    expect(failures).toEqual([{ rule: 'breaks', message: 'no such thing' }]);
  });

  it('stands in the report with its source, and a secret does not', () => {
    const [finding, ...more] = reportFindings(input).of(1);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'credentials-in-url', evidence: ['k1'] });
    expect(finding?.source).toContain('RFC 9110');
    expect(JSON.stringify(finding)).not.toContain('0123456789');
  });

  it('has rules with ids of their own', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
