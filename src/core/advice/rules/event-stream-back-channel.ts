import type { Channel, Connection } from '../../channel.ts';
import { formatCount, formatCountOf, formatShare, formatSpan } from '../../format.ts';
import type { Milliseconds } from '../../units.ts';
import { carriesEventStream } from '../event-streams.ts';
import { urlOf } from '../hosts.ts';
import { sessionRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

/** So soon after a request the stream speaks where it carries the answer. */
const SOON: Milliseconds = 1_000;
const FEWEST = 20;
/** Requests by events of the stream. */
const BUSY = 0.25;
/** Requests that the stream answered, by all of them. */
const MOSTLY = 0.7;

export const eventStreamBackChannel = sessionRule(
  {
    id: 'event-stream-back-channel',
    topic: 'Transport',
    title: 'An event stream with a busy way back',
    source:
      'RFC 6455 section 1.1: two-way talk over HTTP takes a request with all its headers for each word of the page',
  },
  function* look({ session, channels }) {
    const all = channels.map(({ channel }) => channel);
    for (const stream of all.filter(carriesEventStream)) {
      const asked = requestsBeside(stream, all);
      if (asked.length < FEWEST) continue;
      const events = newestMessages(session.messages, stream, 'received');
      const answers = asked.flatMap(({ createdAt }) => {
        const next = events.find(({ at }) => at >= createdAt && at <= createdAt + SOON);
        return next === undefined ? [] : [next];
      });
      const rows = [...new Set(answers.map(({ row }) => row))];
      if (rows.length < asked.length * MOSTLY || rows.length < events.length * BUSY) continue;
      yield {
        severity: 'info',
        summary: `${formatCountOf(asked.length, 'request')} with a body went to the same origin while the stream was open, and it spoke within ${formatSpan(SOON)} of ${formatCount(answers.length)} of them: ${formatShare(rows.length / events.length)} of its events are answers.`,
        advice:
          'A WebSocket carries both directions on one connection, without headers for each message.',
        ifWrong:
          'Reconnecting, resuming and sharing an HTTP/2 connection are then yours to write; requests that only happen to come with events are no talk.',
        rows,
        connections: asked.map(({ id }) => id),
        channels: [...new Set([stream.id, ...asked.map(({ channel }) => channel)])],
      };
    }
  },
);

/** What the page sent to the origin of a stream while that was open. Single requests that nobody took for polling are not in a session. */
function requestsBeside(stream: Channel, all: readonly Channel[]): Connection[] {
  const origin = urlOf(stream.endpoint)?.origin;
  return all
    .filter(
      ({ transport, frame, id }) =>
        transport === 'polling' && frame === stream.frame && id !== stream.id,
    )
    .flatMap(({ connections }) => connections)
    .filter(
      ({ method = 'GET', url, createdAt }) =>
        !/^(?:GET|HEAD|OPTIONS)$/iu.test(method) &&
        urlOf(url)?.origin === origin &&
        stream.connections.some(
          ({ openedAt = Infinity, endedAt = Infinity }) =>
            openedAt <= createdAt && createdAt <= endedAt,
        ),
    );
}
