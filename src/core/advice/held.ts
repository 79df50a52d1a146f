import type { Channel, Connection } from '../channel.ts';
import { isHttp1 } from '../http/is-http1.ts';
import { pollRhythm } from '../http/poll-rhythm.ts';
import type { Milliseconds } from '../units.ts';
import { urlOf } from './hosts.ts';

/** So many connections a browser makes to one host over HTTP/1.1, all its tabs together. */
export const HTTP1_SLOTS = 6;

/** A request that takes one of them for as long as it lasts. */
export interface HeldRequest {
  readonly connection: Connection;
  readonly host: string;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Event streams, streamed answers and long polling over HTTP/1.1, by when they began. @param now where those that last have come to */
export function heldRequests(channels: readonly Channel[], now: Milliseconds): HeldRequest[] {
  return channels
    .filter((channel) => holdsRequests(channel, now))
    .flatMap(({ connections }) => connections)
    .flatMap((connection) => {
      const { createdAt: from, endedAt: to = now } = connection;
      const host = urlOf(connection.url)?.host;
      return host !== undefined && isHttp1(connection) ? [{ connection, host, from, to }] : [];
    })
    .sort((a, b) => a.from - b.from);
}

function holdsRequests(channel: Channel, now: Milliseconds): boolean {
  switch (channel.transport) {
    case 'eventsource':
    case 'fetch-stream':
    case 'xhr-stream':
      return true;
    case 'polling':
      return pollRhythm(channel, now)?.kind === 'held-open';
    case 'websocket':
    case 'webtransport':
    case 'datachannel':
      return false;
  }
}
