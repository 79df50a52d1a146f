import type { Assembly } from '../../../core/decoded/assembly.ts';
import { formatCount, formatSpan } from '../../../core/format.ts';

/** One number of an answer, and how it was obtained. */
export interface AnswerFact {
  readonly name: string;
  readonly value: string;
  readonly basis: string;
}

/** What an answer amounts to in numbers; what nobody told is absent. */
export function answerFacts({
  model,
  stopReason,
  isDone,
  usage,
  pace,
  pieces,
}: Assembly): AnswerFact[] {
  const { timeToFirstToken, firstTokenAt, lastTokenAt, tokensPerSecond, countedBy, stalls } = pace;
  const lasted =
    firstTokenAt === undefined || lastTokenAt === undefined
      ? undefined
      : lastTokenAt - firstTokenAt;
  const told = 'The provider told it in the stream.';
  const facts: (AnswerFact | undefined)[] = [
    model === undefined ? undefined : { name: 'Model', value: model, basis: told },
    {
      name: 'Ended',
      value: stopReason ?? (isDone ? 'done' : 'not yet'),
      basis: isDone ? told : 'No end was told so far.',
    },
    timeToFirstToken === undefined
      ? undefined
      : {
          name: 'First token',
          value: formatSpan(timeToFirstToken),
          basis:
            'From the page’s request to the first message that carried text, as the page saw both.',
        },
    lasted === undefined
      ? undefined
      : {
          name: 'Writing',
          value: formatSpan(lasted),
          basis: 'From the first message with text to the last.',
        },
    tokensPerSecond === undefined
      ? undefined
      : {
          name: 'Speed',
          value: `${countedBy === 'usage' ? '' : '≈ '}${formatCount(Math.round(tokensPerSecond))} tokens/s`,
          basis:
            countedBy === 'usage'
              ? 'Output tokens as the provider counts them, over the time of writing.'
              : 'Estimated: one token for each piece, for the provider told no count.',
        },
    tokens('Input', usage.input, usage.cached, 'cached', told),
    tokens('Output', usage.output, usage.thinking, 'thinking', told),
    { name: 'Pieces', value: formatCount(pieces.length), basis: 'Messages that added something.' },
    {
      name: 'Stalls',
      value:
        stalls.length === 0
          ? 'none'
          : `${formatCount(stalls.length)}, longest ${formatSpan(Math.max(...stalls.map(({ from, to }) => to - from)))}`,
      basis: 'Gaps longer than a second and than ten times the usual one.',
    },
  ];
  return facts.filter((fact) => fact !== undefined);
}

function tokens(
  name: string,
  count: number | undefined,
  part: number | undefined,
  what: string,
  basis: string,
): AnswerFact | undefined {
  if (count === undefined) return undefined;
  const rest = part === undefined || part === 0 ? '' : `, ${formatCount(part)} ${what}`;
  return { name, value: `${formatCount(count)} tokens${rest}`, basis };
}
