import { oddityRule } from '../oddity-rule.ts';

export const eventStreamMark = oddityRule({
  id: 'event-stream-mark',
  oddity: 'byte-order-mark',
  title: 'A byte order mark within an event stream',
  seen: (line) =>
    `A byte order mark stands before the line ${line}, so clients do not know its field.`,
  advice:
    'Join texts without their byte order marks; only one at the very beginning of a stream is taken away.',
  ifWrong: 'Nothing: event streams are always UTF-8.',
});
