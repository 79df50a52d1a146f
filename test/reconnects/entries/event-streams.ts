import type { Entry } from '../entry.ts';
import { endless, longTalk, outages } from '../plans.ts';
import { serveStream, type StreamOptions } from '../servers/serve-stream.ts';

const TICK = 80;

/** The browser's own EventSource, and the server that it talks to. */
function native(
  options: StreamOptions,
): Pick<Entry, 'library' | 'page' | 'transport' | 'tickMs' | 'heartbeat' | 'serve'> {
  return {
    library: null,
    page: 'eventsource-native',
    transport: 'eventsource',
    tickMs: TICK,
    heartbeat: null,
    serve: (server, feed) => serveStream(server, feed, options),
  };
}

/** A library that reads the stream of a `fetch`. */
function fetched(
  library: string,
  options: StreamOptions,
  page = library,
): ReturnType<typeof native> {
  return { ...native(options), library, page, transport: 'fetch-stream' };
}

export const EVENT_STREAMS: readonly Entry[] = [
  {
    ...native({ hasIds: true, honoursIds: true, retry: 100 }),
    name: 'es-honoured',
    policy: { kind: 'fixed', baseMs: 100 },
    setting: 'retry: 100; ids, honoured',
    failure: 'two drops, 3 and 2 tries cut',
    plan: outages([3, 2], 'reset'),
  },
  {
    ...native({ hasIds: true, retry: 500 }),
    name: 'es-not-honoured',
    policy: { kind: 'fixed', baseMs: 500 },
    setting: 'retry: 500; ids that the server does not honour',
    failure: 'two drops, 2 and 1 tries cut',
    plan: outages([2, 1], 'reset'),
  },
  {
    ...native({}),
    name: 'es-default',
    policy: { kind: 'fixed', baseMs: 3_000 },
    setting: 'no retry, no ids: the browser’s own 3 s',
    failure: 'a drop, 1 try cut',
    plan: outages([1], 'reset'),
  },
  {
    ...native({ hasIds: true, goesBack: 3, retry: 150 }),
    name: 'es-repeats',
    tickMs: 220,
    policy: { kind: 'fixed', baseMs: 150 },
    setting: 'retry: 150; ids; the server always begins with its last three events',
    failure: 'the stream ends three times, let in at once',
    plan: longTalk(outages([0, 0, 0], 'reset', { command: 'finish' }), 1_300),
  },
  {
    ...native({ hasIds: true, honoursIds: true, retry: 300 }),
    name: 'es-ends',
    policy: { kind: 'fixed', baseMs: 300 },
    setting: 'retry: 300; ids, honoured',
    failure: 'the stream ends twice, let in at once',
    plan: outages([0, 0], 'reset', { command: 'finish' }),
  },
  {
    ...native({ hasIds: true, honoursIds: true, retry: 200 }),
    name: 'es-204',
    policy: { kind: 'fixed', baseMs: 200, attempts: 1 },
    setting: 'retry: 200; ids, honoured',
    failure: 'a drop, the next try answered 204: the browser stops',
    plan: [{ talk: 900 }, { fail: 'drop', refuse: ['204'], giveUp: 1_500 }],
  },
  {
    ...native({ hasIds: true, honoursIds: true, retry: 200 }),
    name: 'es-500',
    policy: { kind: 'fixed', baseMs: 200, attempts: 3 },
    setting: 'retry: 200; ids, honoured',
    failure: 'a drop, two tries cut, the third answered 500: the browser stops',
    plan: [{ talk: 900 }, { fail: 'drop', refuse: ['reset', 'reset', '500'], giveUp: 2_000 }],
  },
  {
    ...native({ retry: 250 }),
    name: 'es-wrong-type',
    policy: { kind: 'fixed', baseMs: 250, attempts: 2 },
    setting: 'retry: 250; no ids',
    failure: 'a drop, one try cut, the second answered with text/plain: the browser stops',
    plan: [{ talk: 900 }, { fail: 'drop', refuse: ['reset', 'wrong type'], giveUp: 2_000 }],
  },
  {
    ...native({ hasIds: true, honoursIds: true, retry: 200, commentEvery: 400 }),
    name: 'es-comments',
    heartbeat: { side: 'server', intervalMs: 400, kind: 'comment', isAnswered: false },
    cannotTell: { heartbeat: 'a page’s EventSource shows no comments' },
    policy: { kind: 'fixed', baseMs: 200 },
    setting: 'retry: 200; ids, honoured; a comment every 400 ms',
    failure: 'two drops, 2 and 3 tries cut',
    plan: longTalk(outages([2, 3], 'reset'), 2_600),
  },
  {
    ...fetched('eventsource', { hasIds: true, honoursIds: true, retry: 200 }),
    name: 'eventsource-honoured',
    policy: { kind: 'fixed', baseMs: 200 },
    setting: 'retry: 200; ids, honoured',
    failure: 'two drops, 3 and 2 tries cut',
    plan: outages([3, 2], 'reset'),
  },
  {
    ...fetched('eventsource', { hasIds: true, retry: 400 }),
    name: 'eventsource-not-honoured',
    policy: { kind: 'fixed', baseMs: 400 },
    setting: 'retry: 400; ids that the server does not honour',
    failure: 'the stream ends, 2 tries cut',
    plan: outages([2], 'reset', { command: 'finish' }),
  },
  {
    ...fetched('eventsource-client', { hasIds: true, honoursIds: true, retry: 250 }),
    name: 'eventsource-client-honoured',
    policy: { kind: 'fixed', baseMs: 250 },
    setting: 'retry: 250; ids, honoured',
    failure: 'two drops, 2 and 3 tries cut',
    plan: outages([2, 3], 'reset'),
  },
  {
    ...fetched('eventsource-client', {}),
    name: 'eventsource-client-default',
    policy: { kind: 'fixed', baseMs: 2_000 },
    setting: 'no retry, no ids: its own 2 s',
    failure: 'a drop, 1 try cut',
    plan: outages([1], 'reset'),
  },
  {
    ...fetched('@microsoft/fetch-event-source', {}, 'fetch-event-source'),
    name: 'fetch-event-source-default',
    mode: 'default',
    policy: { kind: 'fixed', baseMs: 1_000 },
    setting: 'no retry, no ids: its own second',
    failure: 'two drops, 2 and 1 tries cut',
    plan: outages([2, 1], 'reset'),
  },
  {
    ...fetched(
      '@microsoft/fetch-event-source',
      { hasIds: true, honoursIds: true, commentEvery: 400 },
      'fetch-event-source',
    ),
    name: 'fetch-event-source-exponential',
    heartbeat: { side: 'server', intervalMs: 400, kind: 'comment', isAnswered: false },
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 10_000 },
    setting: 'onerror: from 100 ms, × 2; ids, honoured; a comment every 400 ms',
    failure: 'two drops, 5 and 4 tries cut',
    plan: longTalk(outages([5, 4], 'reset'), 2_600),
  },
  {
    ...fetched('@microsoft/fetch-event-source', { hasIds: true }, 'fetch-event-source'),
    name: 'fetch-event-source-gives-up',
    policy: { kind: 'linear', baseMs: 150, stepMs: 150, attempts: 4 },
    setting: 'onerror: 150 ms more each time, at most 4 tries',
    failure: 'a drop, and nobody is let in again',
    plan: endless(3_500, 'reset'),
  },
];
