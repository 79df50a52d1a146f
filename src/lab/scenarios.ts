import type { Milliseconds } from '../core/units.ts';
import type { LabTransport } from './lab-log.ts';

/** One connection that a scenario's page holds, and how its client behaves. */
export interface ScenarioLane {
  readonly transport: LabTransport;
  /** Path and query on the lab; the page adds a key of its own. */
  readonly endpoint: string;
  /** WebSocket: try again after an end that nobody wanted. */
  readonly reconnect?: boolean;
  /** WebSocket: the page's own heartbeat; two unanswered pings and it gives the socket up. */
  readonly ping?: Milliseconds;
  /** Polling: the time between two requests. */
  readonly interval?: Milliseconds;
}

/** One thing to see: a page, and what to look for in the panel while it runs. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What the page does, in one or two plain sentences. */
  readonly about: string;
  readonly lookFor: string;
  /** Path and query of the page on the lab. */
  readonly page: string;
  /** What the page `/watch` opens; other pages know it themselves. */
  readonly lanes: readonly ScenarioLane[];
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'tour',
    title: 'The tour',
    about: 'A small trading desk: prices over WebSocket, a chat, and news over EventSource.',
    lookFor: 'Three channels at once; the news are cut off every few seconds and come back by id.',
    page: '/tour',
    lanes: [],
  },
  {
    id: 'workload',
    title: 'One workload, every transport',
    about: 'The same messages over each transport at once, over HTTP/1.1 or HTTP/2, with faults.',
    lookFor: 'What each transport costs: bytes counted at the server’s sockets, requests, delays.',
    page: '/workload',
    lanes: [],
  },
  watch({
    id: 'websocket-steady',
    title: 'Steady WebSocket',
    about: 'Five prices a second over one WebSocket that nothing disturbs.',
    lookFor: 'One calm lane: an opening handshake, then an even row of received messages.',
    lanes: [{ transport: 'websocket', endpoint: '/ws/feed?rate=5' }],
  }),
  watch({
    id: 'eventsource-steady',
    title: 'Steady EventSource',
    about: 'The same feed over one EventSource, as two event types in turn.',
    lookFor: 'Event types and last event IDs beside each message.',
    lanes: [{ transport: 'eventsource', endpoint: '/sse/feed?rate=5&events=tick,news' }],
  }),
  watch({
    id: 'side-by-side',
    title: 'Side by side',
    about: 'WebSocket and EventSource carry the very same messages at the same time.',
    lookFor: 'Compare: equal sequence numbers, nearly equal arrival, different cost on the wire.',
    lanes: [
      { transport: 'websocket', endpoint: '/ws/feed?rate=5' },
      { transport: 'eventsource', endpoint: '/sse/feed?rate=5' },
    ],
  }),
  watch({
    id: 'all-transports',
    title: 'Five ways to carry a feed',
    about: 'The same feed over WebSocket, EventSource, streamed fetch, long polling and polling.',
    lookFor: 'Where each transport adds delay, requests or bytes to the same messages.',
    lanes: [
      { transport: 'websocket', endpoint: '/ws/feed?rate=2' },
      { transport: 'eventsource', endpoint: '/sse/feed?rate=2' },
      { transport: 'fetch-stream', endpoint: '/stream/feed?rate=2' },
      { transport: 'long-polling', endpoint: '/long-poll/feed?rate=2' },
      { transport: 'polling', endpoint: '/poll/feed?rate=2', interval: 2000 },
    ],
  }),
  watch({
    id: 'eventsource-resume',
    title: 'EventSource that resumes',
    about: 'The server cuts the stream after twelve messages; the browser comes back by itself.',
    lookFor: 'Several connections in one channel, Last-Event-ID, and not one message lost.',
    lanes: [
      { transport: 'eventsource', endpoint: '/sse/feed?rate=5&dropAfter=12&retry=1200&ids=1' },
    ],
  }),
  watch({
    id: 'eventsource-loss',
    title: 'EventSource that loses messages',
    about: 'The stream is cut in the same way, but its events have no ids to come back with.',
    lookFor: 'A gap in the sequence numbers after every reconnect.',
    lanes: [
      {
        transport: 'eventsource',
        endpoint: '/sse/feed?rate=5&dropAfter=12&retry=1200&ids=0&resume=0',
      },
    ],
  }),
  watch({
    id: 'websocket-reconnect',
    title: 'WebSocket that reconnects',
    about: 'The server cuts the connection; the page tries again with growing delays, by hand.',
    lookFor: 'Close code 1006, delays that double, and the messages lost in between.',
    lanes: [
      {
        transport: 'websocket',
        endpoint: '/ws/feed?rate=5&dropAfter=15&resume=0',
        reconnect: true,
      },
    ],
  }),
  watch({
    id: 'websocket-closed',
    title: 'WebSocket closed by the server',
    about: 'One server goes away (1001), another ends the session with a code of its own (4001).',
    lookFor: 'Close codes and reasons in plain words, and who ended the connection.',
    lanes: [
      {
        transport: 'websocket',
        endpoint:
          '/ws/feed?name=deploy&rate=5&closeAfter=8&code=1001&reason=deploying%20a%20new%20version',
      },
      {
        transport: 'websocket',
        endpoint: '/ws/feed?name=session&rate=5&closeAfter=12&code=4001&reason=session%20expired',
      },
    ],
  }),
  watch({
    id: 'refused',
    title: 'Server that refuses',
    about:
      'The first three tries get 503. A WebSocket client keeps knocking, an EventSource gives up.',
    lookFor: 'Tries that never opened, and the delay before the one that did.',
    lanes: [
      { transport: 'websocket', endpoint: '/ws/feed?rate=5&refuse=3', reconnect: true },
      { transport: 'eventsource', endpoint: '/sse/feed?rate=5&refuse=3' },
    ],
  }),
  watch({
    id: 'half-open',
    title: 'Half-open connection',
    about: 'After ten messages the server says nothing more, and does not close either.',
    lookFor: 'A lane that looks open, pings without an answer, then the page giving up.',
    lanes: [
      {
        transport: 'websocket',
        endpoint: '/ws/feed?rate=5&halfOpen=10',
        reconnect: true,
        ping: 1000,
      },
    ],
  }),
  watch({
    id: 'burst',
    title: 'Ten thousand at once',
    about: 'Ten thousand messages arrive in one burst.',
    lookFor: 'The panel stays quick, counts every message, and says so if it dropped any.',
    lanes: [{ transport: 'websocket', endpoint: '/ws/feed?count=10000&burst=10000' }],
  }),
  {
    id: 'payload-zoo',
    title: 'Payload zoo',
    about:
      'Text, emoji, nothing at all, JSON in JSON, a megabyte, and every kind of binary, echoed.',
    lookFor: 'Each payload shown as what it is, with its byte length, in both directions.',
    page: '/zoo',
    lanes: [],
  },
  {
    id: 'workers',
    title: 'A shared worker',
    about: 'A shared worker talks to the server on its own, over three transports.',
    lookFor:
      'Nothing, but a notice; in the build with workers, and once you watch them, all of it.',
    page: '/workers',
    lanes: [],
  },
  watch({
    id: 'fetch-stream',
    title: 'Streamed fetch',
    about: 'The feed as lines of JSON, and as an event stream, in the body of a fetch.',
    lookFor: 'Messages inside a response that has not ended.',
    lanes: [
      { transport: 'fetch-stream', endpoint: '/stream/feed?name=lines&rate=5' },
      {
        transport: 'fetch-stream',
        endpoint: '/stream/feed?name=events&rate=5&format=event-stream',
      },
    ],
  }),
  watch({
    id: 'long-polling',
    title: 'Long polling',
    about: 'The server holds each request until there is something to say.',
    lookFor: 'One request after the other, each nearly as long as the silence it waited for.',
    lanes: [{ transport: 'long-polling', endpoint: '/long-poll/feed?rate=2' }],
  }),
  watch({
    id: 'polling',
    title: 'Polling',
    about: 'The page asks every second, though something new comes only every two and a half.',
    lookFor: 'The share of empty answers, and the delay that waiting for the next poll adds.',
    lanes: [{ transport: 'polling', endpoint: '/poll/feed?rate=0.4', interval: 1000 }],
  }),
  {
    id: 'protocols',
    title: 'Protocols',
    about: 'Recorded conversations: Socket.IO, MQTT, GraphQL, language models and forty more.',
    lookFor: 'What the messages mean: layers, kinds, requests with their answers.',
    page: '/protocols',
    lanes: [],
  },
  {
    id: 'frames',
    title: 'Frames',
    about: 'The page and four kinds of iframe each hold a WebSocket and an EventSource.',
    lookFor: 'Ten connections, each told from its frame.',
    page: '/frames',
    lanes: [],
  },
  {
    id: 'frames-first',
    title: 'First scripts of frames',
    about: 'The first inline script of every frame opens five connections. Made for tests.',
    lookFor: 'Nothing missing: 15 WebSockets and 10 EventSources from the first line on.',
    page: '/frames-first',
    lanes: [],
  },
];

export function scenarioById(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

function watch(scenario: Omit<Scenario, 'page'>): Scenario {
  return { ...scenario, page: `/watch?scenario=${scenario.id}` };
}
