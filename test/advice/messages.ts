import { aSocket, SOCKET, times } from '../builders/advice.ts';
import { aSession } from '../builders/session.ts';
import type { AdviceCases } from './case.ts';

const bytes = (seed: number) =>
  Buffer.from(Array.from({ length: 300 }, (_, i) => (i * seed * 97 + seed) % 251));

const ticks = (count: number, after: (index: number) => number, length = 40) =>
  times(aSocket(), count, (story, index) =>
    story.after(after(index)).receives(`{"n":${index}}`.padEnd(length)),
  );

const rows = (count: number) =>
  JSON.stringify(Array.from({ length: count }, (_, id) => ({ id, name: `row ${id}`, price: 9.5 })));

const large = (extensions: string, text: (index: number) => string) =>
  times(aSession().frame().websocket(SOCKET).after(20).opens({ extensions }), 30, (story, index) =>
    story.after(400).receives(text(index)),
  );

const tiny = (length: number) =>
  times(aSocket(), 240, (story, index) =>
    story.after(300).receives(`${index}`.padStart(6, '0').padEnd(length, 'x')),
  );

/** Two GraphQL subscriptions that stand side by side. */
const subscribes = (second: string) => {
  const ask = (id: string, query: string) =>
    JSON.stringify({ id, type: 'subscribe', payload: { query } });
  return aSession()
    .frame()
    .websocket(SOCKET, { requestedSubprotocols: ['graphql-transport-ws'] })
    .after(20)
    .opens({ subprotocol: 'graphql-transport-ws', extensions: 'permessage-deflate' })
    .sends('{"type":"connection_init"}')
    .after(9)
    .receives('{"type":"connection_ack"}')
    .sends(ask('a', 'subscription Price { price }'))
    .sends(ask('b', second))
    .after(50)
    .receives('{"id":"a","type":"next","payload":{"data":{"price":1}}}')
    .receives('{"id":"b","type":"next","payload":{"data":{"price":1}}}');
};

const quiet = (silence: number, beat?: number) => {
  const story = aSocket().receives('hello');
  if (beat === undefined) return story.after(silence).receives('hello again');
  return times(story, Math.floor(silence / beat), (each) =>
    each.after(beat).sends('{"type":"ping"}').after(8).receives('{"type":"pong"}'),
  );
};

/** The page sends, and so much waits each time. */
const buffers = (amounts: readonly number[]) => {
  const story = aSocket();
  for (const amount of amounts) {
    times(story, 20, (each) => each.after(60).sends('x'.repeat(9_000))).buffers(amount);
  }
  return story;
};

export const MESSAGES: AdviceCases = {
  'send-buffer-grows': {
    found: () => buffers([70_000, 150_000, 420_000]),
    lookAlike: () => buffers([9_000_000]),
    because: 'one large message waits once',
  },
  'message-too-large': {
    found: () => aSocket().receives('x'.repeat(1_200_000)),
    lookAlike: () => times(aSocket(), 14, (story) => story.after(100).receives('x'.repeat(90_000))),
    because: 'as many bytes in pieces let others pass',
  },
  'chatty-messages': {
    found: () => ticks(700, (index) => (index % 20 === 0 ? 400 : 1)),
    lookAlike: () => ticks(700, () => 90),
    because: 'one after the other, with time between, leaves nothing to join',
  },
  'base64-in-text': {
    found: () =>
      times(aSocket(), 4, (story, index) =>
        story
          .after(50)
          .receives(JSON.stringify({ audio: bytes(index * 2 + 3).toString('base64') })),
      ),
    lookAlike: () =>
      times(aSocket(), 4, (story, index) =>
        story.after(50).receives(JSON.stringify({ hash: bytes(index * 2 + 3).toString('hex') })),
      ),
    because: 'hexadecimal is no base64',
  },
  'compression-off': {
    found: () => large('', () => rows(120)),
    lookAlike: () => large('permessage-deflate; client_max_window_bits', () => rows(120)),
    because: 'it is compressed',
  },
  'compression-of-tiny': {
    found: () => tiny(20),
    lookAlike: () => tiny(400),
    because: 'there is something to compress',
  },
  'duplicate-subscriptions': {
    found: () => subscribes('subscription Price { price }'),
    lookAlike: () => subscribes('subscription Stock { stock }'),
    because: 'they ask for different things',
  },
};

export const STAYING_ALIVE: AdviceCases = {
  'no-heartbeat': {
    found: () => quiet(75_000),
    lookAlike: () => quiet(75_000, 25_000),
    because: 'a ping every 25 s keeps it alive',
  },
  'heartbeat-too-busy': {
    found: () => quiet(30_000, 1_000),
    lookAlike: () => quiet(400_000, 20_000),
    because: 'every 20 s is what it takes',
  },
};
