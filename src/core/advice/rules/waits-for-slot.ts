import type { Connection } from '../../channel.ts';
import { formatCountOf, formatSpan } from '../../format.ts';
import type { Milliseconds } from '../../units.ts';
import { type HeldRequest, heldRequests, HTTP1_SLOTS } from '../held.ts';
import { sessionRule } from '../said.ts';

/** A browser may think that long about proxies and caches. */
const LONG: Milliseconds = 1_000;

export const waitsForSlot = sessionRule(
  {
    id: 'waits-for-slot',
    topic: 'Connections',
    title: 'A connection waits before it may begin',
    source:
      'HAR 1.2, “blocked”: the time in a queue for a network connection; RFC 6455 section 4.1: one WebSocket handshake to an address at a time',
  },
  function* look({ session, channels }) {
    const held = heldRequests(
      channels.map(({ channel }) => channel),
      session.lastAt,
    );
    for (const { channel } of channels) {
      const waited = channel.connections.flatMap((connection) => {
        const wait = waitOf(connection, held, session.lastAt);
        return wait >= LONG ? [{ id: connection.id, wait }] : [];
      });
      if (waited.length === 0) continue;
      const longest = Math.max(...waited.map(({ wait }) => wait));
      yield {
        severity: 'warning',
        summary: `${formatCountOf(waited.length, 'connection')} had to wait for a free place in the browser before it could begin, the longest ${formatSpan(longest)}.`,
        advice:
          channel.transport === 'websocket'
            ? 'Open WebSockets to one host one after the other, and look for one that hangs while it connects: it holds back those after it.'
            : 'Close streams that nobody reads, or serve them over HTTP/2: over HTTP/1.1 all tabs share six connections to a host.',
        ifWrong:
          'A proxy that takes its time looks the same: then fewer connections change nothing.',
        connections: waited.sort((a, b) => b.wait - a.wait).map(({ id }) => id),
        channels: [channel.id],
      };
    }
  },
);

/** As the network log tells it; a request that got no answer while all places were taken waits too. */
function waitOf(
  { id, url, createdAt, openedAt, endedAt, handshake }: Connection,
  held: readonly HeldRequest[],
  now: Milliseconds,
): Milliseconds {
  const told = handshake?.timings?.blocked;
  if (told !== undefined) return told;
  const own = held.find(({ connection }) => connection.id === id);
  if (own === undefined || !url.startsWith('http')) return 0;
  const before = held.filter(
    ({ host, from, to, connection }) =>
      host === own.host &&
      connection.openedAt !== undefined &&
      connection.id !== id &&
      from < createdAt &&
      to > createdAt,
  );
  if (before.length < HTTP1_SLOTS) return 0;
  const freed = Math.min(...before.map(({ to }) => to));
  const until = openedAt ?? endedAt ?? now;
  return until >= freed || openedAt === undefined ? until - createdAt : 0;
}
