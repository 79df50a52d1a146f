import type { Connection } from '../../channel.ts';
import { endpointName, endpointOf } from '../../endpoint.ts';
import { formatCountOf, formatSpan } from '../../format.ts';
import { groupBy } from '../../group-by.ts';
import { linkKey } from '../../links/link-key.ts';
import type { Milliseconds } from '../../units.ts';
import { mostAtOnce } from '../../most-at-once.ts';
import { sessionRule } from '../said.ts';

/** One that takes over from another may stand beside it for a moment. */
const OVERLAP: Milliseconds = 1_000;
const NAMES: Readonly<Record<string, string>> = {
  websocket: 'WebSocket',
  eventsource: 'EventSource',
};

export const severalSockets = sessionRule(
  {
    id: 'several-sockets',
    topic: 'Connections',
    title: 'Several connections to one endpoint from one page',
    source: 'The recorded connections: open at the same time, in one document, with the same URL',
  },
  function* look({ session, channels }) {
    const connections = channels
      .flatMap(({ channel }) => channel.connections)
      .filter(({ transport, openedAt }) => transport in NAMES && openedAt !== undefined);
    for (const same of groupBy(connections, keyOf).values()) {
      const most = mostAtOnce(same.map((connection) => spanOf(connection, session.lastAt)));
      const [first] = most;
      const together = Math.min(...most.map(({ to }) => to)) - (most.at(-1)?.from ?? 0);
      if (first === undefined || most.length < 2 || together < OVERLAP) continue;
      const { transport, url } = first.connection;
      yield {
        severity: most.length > 3 ? 'warning' : 'info',
        summary: `${formatCountOf(most.length, NAMES[transport] ?? transport)} to ${endpointName(endpointOf(url), session.header.url)} were open at the same time for ${formatSpan(together)}.`,
        advice:
          'Share one connection between the parts of the page; look for a component that connects each time it is made and never closes.',
        ifWrong:
          'Streams in one connection wait for each other: a long message holds back the others, and one loss breaks all.',
        connections: most.map(({ connection }) => connection.id),
        channels: [...new Set(most.map(({ connection }) => connection.channel))],
      };
    }
  },
);

/** The same document, API and URL, and the same subprotocols: what serves the same purpose. */
function keyOf({ frame, transport, url, requestedSubprotocols }: Connection): string {
  const { stable, random } = linkKey(url);
  return [frame, transport, stable, random, ...requestedSubprotocols].join('\n');
}

function spanOf(connection: Connection, now: Milliseconds) {
  const { openedAt = now, closingAt, endedAt } = connection;
  return { connection, from: openedAt, to: closingAt ?? endedAt ?? now };
}
