import { oddityRule } from '../oddity-rule.ts';

export const eventStreamRetry = oddityRule({
  id: 'event-stream-retry',
  oddity: 'bad-retry',
  title: 'A reconnection time that clients ignore',
  seen: (line) =>
    `The reconnection time ${line} is no whole number of milliseconds, so clients ignore it.`,
  advice: 'Write digits alone: “retry: 3000”.',
  ifWrong: 'Nothing: clients wait as long as their default says, as they do now.',
});
