import { advise } from '../../src/core/advice/advise.ts';
import { type Rule, TOPICS } from '../../src/core/advice/rule.ts';
import { RULES } from '../../src/core/advice/rules.ts';
import { readSession } from '../../src/decoders/read-session.ts';
import { lookedAt } from '../builders/advice.ts';
import { ADVICE_CASES } from './cases.ts';

const HEAD = `# Advice

What the rules of \`src/core/advice/rules\` look for, in the panel (_Advice_, and \`a\` for the whole session), in the report (\`findings\`) and on the command line.
Each finding names the messages and connections that prove it. The examples are what a rule says of its own session in \`test/advice\`; beside it stands
a session that looks like it and is no finding. This page is written by a test: \`npx vitest run --config test/vitest.config.ts advice/page --update\`.
`;

/** All rules with what they say, as \`docs/advice.md\`. */
export async function writeAdvicePage(): Promise<string> {
  const parts = [HEAD];
  for (const topic of TOPICS) {
    parts.push(`## ${topic}\n`);
    for (const rule of RULES.filter((each) => each.topic === topic)) {
      parts.push(await describeRule(rule));
    }
  }
  return parts.join('\n');
}

async function describeRule(rule: Rule): Promise<string> {
  const { found, because = '' } = ADVICE_CASES[rule.id] ?? {};
  const session = found?.().build();
  const example =
    session === undefined
      ? undefined
      : advise(lookedAt(session, await readSession(session)), [rule]).findings[0];
  return [
    `### ${rule.title}`,
    '',
    `\`${rule.id}\` · ${example?.severity ?? ''}`,
    '',
    `- Says: ${example?.summary ?? ''}`,
    `- What to do: ${example?.advice ?? ''}`,
    `- If it does not fit: ${example?.ifWrong ?? ''}`,
    `- No finding where ${because}.`,
    `- How we know: ${rule.source}`,
    '',
  ].join('\n');
}
