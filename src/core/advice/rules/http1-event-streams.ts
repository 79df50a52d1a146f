import { formatCountOf } from '../../format.ts';
import { groupBy } from '../../group-by.ts';
import { mostAtOnce } from '../../most-at-once.ts';
import { heldRequests, HTTP1_SLOTS } from '../held.ts';
import { sessionRule } from '../said.ts';

export const http1EventStreams = sessionRule(
  {
    id: 'http1-event-streams',
    topic: 'Connections',
    title: 'Event streams take all connections to a host',
    source:
      'HTML Standard, “Authoring notes” of server-sent events, on the connection limit for each server: https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes',
  },
  function* look({ session, channels }) {
    const held = heldRequests(
      channels.map(({ channel }) => channel),
      session.lastAt,
    );
    for (const [host, spans] of groupBy(held, (each) => each.host)) {
      const most = mostAtOnce(spans);
      if (most.length < HTTP1_SLOTS) continue;
      const connections = most.map(({ connection }) => connection);
      yield {
        severity: 'error',
        summary: `${formatCountOf(most.length, 'request')} to ${host} were held open at the same time over HTTP/1.1, where browsers make ${HTTP1_SLOTS} connections to a host: the next request to it, from any tab, waits without an error.`,
        advice:
          'Serve them over HTTP/2 or HTTP/3, carry several streams in one, or share one between tabs (a SharedWorker, BroadcastChannel).',
        ifWrong:
          'HTTP/2 needs TLS, and a proxy between may speak HTTP/1.1 to the server; one shared stream is lost for all at once.',
        connections: connections.map(({ id }) => id),
        channels: [...new Set(connections.map(({ channel }) => channel))],
      };
    }
  },
);
