import { oddityRule } from '../oddity-rule.ts';

export const eventStreamUnfinished = oddityRule({
  id: 'event-stream-unfinished',
  oddity: 'unfinished-event',
  title: 'A last event that is never dispatched',
  seen: () =>
    'The server ended the stream within an event: without the blank line at its end it is never dispatched.',
  advice: 'End each event, the last one too, with an empty line.',
  ifWrong: 'One byte for each event that was whole already.',
});
