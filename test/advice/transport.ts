import { anEventSource, aSocket, polls, times } from '../builders/advice.ts';
import type { AdviceCases } from './case.ts';

/** Prices every 400 ms, and what the page says each so many of them. */
const prices = (says: (index: number) => string, each: number) =>
  times(aSocket().sends('{"type":"subscribe","topic":"prices"}'), 60, (story, index) => {
    story.after(400).receives(`{"type":"price","value":${index}}`);
    if (index % each === each - 1) story.sends(says(index));
  });

/** A chat over an event stream: what is said goes out by POST, and comes back as an event. */
const chat = (comesBackAfter: number) =>
  times(anEventSource(), 30, (story, index) => {
    story
      .after(2_000)
      .request('https://shop.test/say', 'polling', {
        method: 'POST',
        ...(index > 0 && { continues: 2 }),
      })
      .sends(`{"text":"${index}"}`)
      .after(30)
      .opens({ status: 204 })
      .ends({ endedBy: 'server', wasClean: true })
      .after(comesBackAfter)
      .on(1)
      .receives(`{"text":"${index}"}`, { eventType: 'said' });
  });

const listOf = <T>(count: number, of: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => of(index));

export const TRANSPORT: AdviceCases = {
  'websocket-one-way': {
    found: () => prices(() => '{"type":"ping"}', 20),
    lookAlike: () => prices((index) => `{"type":"order","amount":${index}}`, 5),
    because: 'the page orders in the middle of the stream',
  },
  'event-stream-back-channel': {
    found: () => chat(60),
    lookAlike: () => chat(1_700),
    because: 'events come in their own time, not as answers',
  },
  'polling-without-news': {
    found: () => polls(listOf(24, (index) => (index % 8 === 0 ? `{"jobs":${index}}` : null))),
    lookAlike: () => polls(listOf(24, (index) => `{"jobs":${index}}`)),
    because: 'each answer is another one',
  },
  'long-polling': {
    found: () =>
      polls(
        listOf(8, (index) => `{"n":${index}}`),
        { every: 3_020, lasts: 3_000 },
      ),
    lookAlike: () =>
      polls(
        listOf(8, (index) => `{"n":${index}}`),
        { every: 3_000, lasts: 60 },
      ),
    because: 'the server answers at once',
  },
};
