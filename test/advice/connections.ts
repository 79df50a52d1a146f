import { aSocket, outage, SOCKET, STREAM, times } from '../builders/advice.ts';
import { aSession, type SessionBuilder } from '../builders/session.ts';
import type { AdviceCases } from './case.ts';

/** Event streams that stay open side by side. */
const streams = (count: number, httpVersion: string) =>
  times(aSession().frame(), count, (story, index) =>
    story.eventsource(`${STREAM}/${index}`).after(10).opens().logged({ httpVersion, status: 200 }),
  ).after(5_000);

const waits = (blocked: number) =>
  aSession()
    .frame()
    .eventsource(STREAM)
    .after(blocked + 30)
    .opens()
    .logged({ status: 200, httpVersion: 'http/1.1', timings: { blocked, wait: 20 } });

const twoSockets = (second: string) =>
  aSocket()
    .after(5)
    .websocket(second)
    .after(30)
    .opens({ extensions: 'permessage-deflate' })
    .after(9_000)
    .receives('hello')
    .on(1)
    .receives('hello');

const answered = (subprotocol: string) =>
  aSession()
    .frame()
    .websocket(SOCKET, { requestedSubprotocols: ['graphql-transport-ws'] })
    .after(30)
    .opens({ subprotocol, extensions: '' });

const ages = (all: readonly number[]) => {
  const story = aSocket();
  for (const age of all) outage(story.after(age - 1), [740 + (age % 7) * 130]);
  return story;
};

/** One question a connection. */
const visits = (open: number) =>
  times(aSession().frame(), 4, (story) =>
    story
      .websocket(SOCKET)
      .after(180)
      .opens({ extensions: '' })
      .sends('question')
      .after(open)
      .receives('answer')
      .closing(1000)
      .after(20)
      .ends({ endedBy: 'page', closeCode: 1000, wasClean: true })
      .after(5_000),
  );

const port = (url: string): SessionBuilder => aSocket(url);

export const CONNECTIONS: AdviceCases = {
  'http1-event-streams': {
    found: () => streams(6, 'http/1.1'),
    lookAlike: () => streams(9, 'h2'),
    because: 'over HTTP/2 they share one connection',
  },
  'waits-for-slot': {
    found: () => waits(4_200),
    lookAlike: () => waits(12),
    because: 'a moment is what a browser takes to look into its caches',
  },
  'several-sockets': {
    found: () => twoSockets(SOCKET),
    lookAlike: () => twoSockets(`${SOCKET}?room=two`),
    because: 'they ask for different rooms',
  },
  'unusual-port': {
    found: () => port('wss://shop.test:8443/live'),
    lookAlike: () => port('ws://localhost:8443/live'),
    because: 'nothing is between the browser and its own machine',
  },
  'subprotocol-refused': {
    found: () => answered(''),
    lookAlike: () => answered('graphql-transport-ws'),
    because: 'the server chose it',
  },
  'server-fixed-age': {
    found: () => ages([30_000, 30_040, 30_010, 29_990]),
    lookAlike: () => ages([30_000, 9_000, 52_000, 17_000]),
    because: 'each lived as long as it did',
  },
  'handshake-too-long': {
    found: () => visits(30),
    lookAlike: () => restarts(visits(3_000)),
    because: 'the conversation is the longer part, and a browser that reconnects waits first',
  },
};

/** An event stream that is cut off each second, and comes back by itself after the reconnection time. */
function restarts(story: SessionBuilder): SessionBuilder {
  story.eventsource('https://shop.test/events').opens().receives('1', { lastEventId: '1' });
  for (let id = 2; id < 7; id += 1) {
    story.after(1_000).ends({ endedBy: 'server' }).reconnects();
    story
      .after(3_000)
      .opens()
      .receives(`${id}`, { lastEventId: `${id}` });
  }
  return story;
}

export const SECURITY: AdviceCases = {
  'credentials-in-url': {
    found: () => aSocket(`${SOCKET}?access_token=s3cr3t-s3cr3t`),
    lookAlike: () => aSocket(`${SOCKET}?ticket=one-time-7&token=short&sid=0123456789abcdef`),
    because: 'a ticket works once, a session ID lets nobody in, and a short word is none',
  },
  'insecure-transport': {
    found: () => aSocket('ws://shop.test/live'),
    lookAlike: () => aSocket('ws://127.0.0.1:5173/live'),
    because: 'it does not leave the machine',
  },
};
