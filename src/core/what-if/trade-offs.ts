import type { Connection } from '../channel.ts';
import { formatCountOf } from '../format.ts';
import { headerOf } from '../http/content-type.ts';
import type { Traffic } from '../wire-cost/traffic.ts';
import type { Carrier, HttpVersion } from '../wire-cost/wire-cost.ts';
import type { TrafficCounts } from './count-traffic.ts';

/** What a carrier does by itself, and what it cannot do. */
interface Nature {
  readonly isText: boolean;
  /** The page can say something without a request of its own. */
  readonly isTwoWay: boolean;
  /** The browser connects again, and says which event it had last. */
  readonly resumes: boolean;
  /** The page can set headers of the request. */
  readonly hasHeaders: boolean;
  /** Takes one of six connections to a host over HTTP/1.1 for as long as it lives. */
  readonly takesSlot: boolean;
  /** Messages come as soon as they are there. */
  readonly isPushed: boolean;
}

const NATURES: Readonly<Record<Carrier, Nature>> = {
  websocket: {
    isText: false,
    isTwoWay: true,
    resumes: false,
    hasHeaders: false,
    takesSlot: false,
    isPushed: true,
  },
  eventsource: {
    isText: true,
    isTwoWay: false,
    resumes: true,
    hasHeaders: false,
    takesSlot: true,
    isPushed: true,
  },
  'fetch-stream': {
    isText: false,
    isTwoWay: false,
    resumes: false,
    hasHeaders: true,
    takesSlot: true,
    isPushed: true,
  },
  'long-polling': {
    isText: false,
    isTwoWay: false,
    resumes: false,
    hasHeaders: true,
    takesSlot: true,
    isPushed: true,
  },
  polling: {
    isText: false,
    isTwoWay: false,
    resumes: false,
    hasHeaders: true,
    takesSlot: false,
    isPushed: false,
  },
};

/** What this traffic uses, and the carrier would not give. */
export function lossesOf(
  traffic: Traffic,
  carrier: Carrier,
  http: HttpVersion,
  counts: TrafficCounts,
): string[] {
  const [before, after] = [NATURES[traffic.carrier], NATURES[carrier]];
  const lost: string[] = [];
  if (counts.sent > 0 && !after.isTwoWay && before.isTwoWay) {
    const what = formatCountOf(counts.sent, 'message');
    lost.push(`The way back: ${what} of the page take a POST each.`);
  }
  if (counts.binaryReceived > 0 && after.isText && !before.isText) {
    const what = formatCountOf(counts.binaryReceived, 'binary message');
    lost.push(`Binary: ${what} would have to be base64, a third more bytes before compression.`);
  }
  if (before.resumes && !after.resumes) {
    const ids =
      counts.withId > 0
        ? `, and of ${formatCountOf(counts.withId, 'event')} with an ID the page has to say the last one itself`
        : '';
    lost.push(`Reconnecting by the browser: the page has to connect again itself${ids}.`);
  }
  if (counts.typed > 0 && traffic.carrier === 'eventsource') {
    const what = formatCountOf(counts.typed, 'event');
    lost.push(`Event types: ${what} would have to say theirs in the payload.`);
  }
  const own = ownHeaders(traffic.channel.connections);
  if (own.length > 0 && !after.hasHeaders) {
    lost.push(`Headers that the page sets: ${own.join(', ')}.`);
  }
  if (before.isPushed && !after.isPushed) {
    lost.push('Being told at once: a message waits for the next request.');
  }
  if (after.takesSlot && !before.takesSlot && http === 'http/1.1') {
    lost.push(
      'One of the six connections that a browser opens to a host over HTTP/1.1, over all of its tabs.',
    );
  }
  return lost;
}

/** What the carrier would give, and the traffic's own does not. */
export function gainsOf(
  traffic: Traffic,
  carrier: Carrier,
  http: HttpVersion,
  counts: TrafficCounts,
): string[] {
  const [before, after] = [NATURES[traffic.carrier], NATURES[carrier]];
  const gained: string[] = [];
  if (after.resumes && !before.resumes) {
    gained.push('The browser connects again by itself, and says which event it had last.');
  }
  if (traffic.carrier === 'websocket' && http !== 'http/1.1') {
    gained.push('It shares one connection with the other requests to the host.');
  }
  if (after.isTwoWay && !before.isTwoWay) {
    gained.push('The page can answer on the same connection.');
  }
  if (before.isText && !after.isText) gained.push('Binary goes as it is.');
  if (after.isPushed && !before.isPushed) {
    const { connections } = traffic.channel;
    gained.push(
      `Messages come at once, and ${formatCountOf(connections.length, 'request')} become one.`,
    );
  }
  if (after.hasHeaders && !before.hasHeaders) {
    gained.push('The page can set headers, so a token need not stand in the URL.');
  }
  if (before.takesSlot && !after.takesSlot) {
    gained.push(
      'It takes none of the six connections that a browser opens to a host over HTTP/1.1.',
    );
  }
  if (counts.heartbeats > 0 && (carrier === 'polling' || carrier === 'long-polling')) {
    const what = formatCountOf(counts.heartbeats, 'heartbeat');
    gained.push(`${what} are not needed: each request shows that the other side lives.`);
  }
  return gained;
}

/** Those that neither EventSource nor WebSocket could send; every request accepts something. */
function ownHeaders(connections: readonly Connection[]): string[] {
  const names = connections.flatMap(({ requestHeaders = [] }) =>
    requestHeaders
      .filter(([name]) => headerOf(UNTOLD, name.toLowerCase()) === undefined)
      .map(([name]) => name.toLowerCase()),
  );
  return [...new Set(names)].sort();
}

const UNTOLD: [string, string][] = [
  ['accept', ''],
  ['content-type', ''],
  ['cache-control', ''],
  ['last-event-id', ''],
];
