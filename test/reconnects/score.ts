import { type Judgement, type Question, QUESTIONS } from './judge-report.ts';

/** How many recordings were asked a question, and how many of them answered it right. */
interface Score {
  asked: number;
  right: number;
}

function sumScores(judgements: readonly Judgement[]): Record<Question, Score> {
  const sums = QUESTIONS.map((question) => {
    const answers = judgements.flatMap((one) => {
      const wrong = one[question];
      return wrong === undefined ? [] : [wrong.length === 0];
    });
    return [question, { asked: answers.length, right: answers.filter(Boolean).length }] as const;
  });
  return Object.fromEntries(sums) as Record<Question, Score>;
}

/** The score in lines: each recording with what the report got wrong of it, then the sums. */
export function describeScore(judged: ReadonlyMap<string, Judgement>): string {
  const sessions = [...judged].map(([name, judgement]) => {
    const wrong = QUESTIONS.flatMap((question) => {
      const told = judgement[question] ?? [];
      return told.length === 0 ? [] : [`${question} (${told.join('; ')})`];
    });
    return `${wrong.length === 0 ? '✓' : '✗'} ${name}${wrong.length === 0 ? '' : `: ${wrong.join(', ')}`}`;
  });
  const sums = Object.entries(sumScores([...judged.values()])).map(
    ([question, { asked, right }]) => `${question.padEnd(10)} ${right} of ${asked}`,
  );
  const right = sessions.filter((line) => line.startsWith('✓')).length;
  return [...sessions, '', ...sums, `${right} of ${sessions.length} sessions are all right`].join(
    '\n',
  );
}
