import { anEventSource, STREAM, times } from '../builders/advice.ts';
import { aSession, type SessionBuilder } from '../builders/session.ts';
import type { AdviceCases } from './case.ts';

const answered = (type: string, status = 200) =>
  aSession()
    .frame()
    .eventsource(STREAM)
    .logged({ status, responseHeaders: [['content-type', type]] })
    .ends({ endedBy: 'unknown' });

const twice = (story: SessionBuilder, lastEventId: string) =>
  story
    .receives('1', { eventType: 'message', lastEventId })
    .ends({ endedBy: 'network' })
    .after(3_000)
    .reconnects()
    .opens()
    .receives('2', { eventType: 'message', lastEventId });

const inBursts = (sizes: readonly number[], silence: number) => {
  const story = anEventSource().receives('first', { eventType: 'message' });
  for (const size of sizes) {
    story.after(silence);
    times(story, 5, (each) => each.receives('x'.repeat(size / 5), { eventType: 'message' }));
  }
  return story;
};

const noted = (noted_: Parameters<SessionBuilder['notes']>[0]) => () =>
  aSession()
    .frame()
    .request(STREAM, 'fetch-stream', { requestHeaders: [['accept', 'text/event-stream']] })
    .opens({ status: 200, responseHeaders: [['content-type', 'text/event-stream']] })
    .notes(noted_);

export const EVENT_STREAMS: AdviceCases = {
  'event-stream-type': {
    found: () => answered('text/html; charset=utf-8'),
    lookAlike: () => answered('text/html', 503),
    because: 'an error may have any type',
  },
  'event-stream-no-ids': {
    found: () => twice(anEventSource(), ''),
    lookAlike: () => twice(anEventSource(), '7'),
    because: 'the last event has an ID',
  },
  'event-stream-buffered': {
    found: () => inBursts([4090, 4095, 4100, 4085], 3000),
    lookAlike: () => inBursts([4090, 4095, 4100, 4085], 300),
    because: 'pauses of 300 ms are no silence',
  },
  'event-stream-retry': {
    found: noted({ oddity: 'bad-retry', line: 'retry: 3s' }),
    lookAlike: noted({ reconnectionTime: 3000 }),
    because: 'digits alone are a reconnection time',
  },
  'event-stream-id': {
    found: noted({ oddity: 'nul-in-id', line: 'id: a\0b' }),
    lookAlike: noted({ comment: 'id: a' }),
    because: 'a comment is no ID',
  },
  'event-stream-unfinished': {
    found: noted({ oddity: 'unfinished-event', line: 'data: 2' }),
    lookAlike: noted({ comment: 'bye' }),
    because: 'a comment at the end is no event',
  },
  'event-stream-mark': {
    found: noted({ oddity: 'byte-order-mark', line: '\uFEFFdata: 2' }),
    lookAlike: noted({ comment: '\uFEFF' }),
    because: 'a comment may hold anything',
  },
};
