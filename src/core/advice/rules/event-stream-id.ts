import { oddityRule } from '../oddity-rule.ts';

export const eventStreamId = oddityRule({
  id: 'event-stream-id',
  oddity: 'nul-in-id',
  title: 'An event ID that clients ignore',
  seen: () =>
    'An event ID holds U+0000, so clients ignore it and ask for an older one when they reconnect.',
  advice: 'Write IDs as text without U+0000, for example as digits or base64url.',
  ifWrong: 'IDs that were bytes get longer as text, by a third in base64url.',
});
