import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/core/advice/advise.ts';
import type { Finding, Rule } from '../../../src/core/advice/rule.ts';
import { RULES } from '../../../src/core/advice/rules.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { ADVICE_CASES } from '../../advice/cases.ts';
import { lookedAt } from '../../builders/advice.ts';
import type { SessionBuilder } from '../../builders/session.ts';

async function findingsOf(rule: Rule, story: SessionBuilder): Promise<readonly Finding[]> {
  const session = story.build();
  const { findings, failures } = advise(lookedAt(session, await readSession(session)), [rule]);
  expect(failures).toEqual([]);
  return findings;
}

const cases = RULES.flatMap((rule) => {
  const known = ADVICE_CASES[rule.id];
  // That each rule has its case is held in test/repository.
  return known === undefined ? [] : [{ id: rule.id, rule, ...known }];
});

describe.each(cases)('the rule $id', ({ rule, found, lookAlike, because }) => {
  it('finds it, in words with numbers, and with what proves it', async () => {
    const [finding, ...more] = await findingsOf(rule, found());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: rule.id });
    const { summary = '', advice = '', ifWrong = '' } = finding ?? {};
    for (const words of [summary, advice, ifWrong]) expect(words).toMatch(/^\S.*[.)]$/u);
    expect(`${summary}${advice}${ifWrong}`).not.toMatch(/undefined|NaN|\[object/u);
    expect(finding?.channels).not.toEqual([]);
    expect([...(finding?.rows ?? []), ...(finding?.connections ?? [])]).not.toEqual([]);
  });

  it(`finds nothing in its look-alike: ${because}`, async () => {
    expect(await findingsOf(rule, lookAlike())).toEqual([]);
  });
});
