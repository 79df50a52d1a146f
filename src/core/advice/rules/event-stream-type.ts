import type { Connection } from '../../channel.ts';
import { contentTypeOf } from '../../http/connection-body.ts';
import { headerOf, mimeTypeOf } from '../../http/content-type.ts';
import { channelRule } from '../said.ts';

const WANTED = 'text/event-stream';
const FIRST_ERROR = 300;

export const eventStreamType = channelRule(
  {
    id: 'event-stream-type',
    topic: 'Event streams',
    title: 'An answer that is no event stream',
    source:
      'HTML Standard, “Server-sent events”: any other content type fails the connection for good: https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model',
  },
  function* look({ channel }) {
    const wrong = channel.connections.filter(hasWrongType);
    const [first] = wrong;
    if (first === undefined) return;
    const isFatal = first.transport === 'eventsource';
    yield {
      severity: isFatal ? 'error' : 'warning',
      summary: `The server answered with “${typeOf(first)}” where an event stream was asked for${isFatal ? ', so the EventSource gave up and does not try again' : ''}.`,
      advice: `Answer with “Content-Type: ${WANTED}”, also from proxies and error pages with status 200.`,
      ifWrong: isFatal
        ? 'If the endpoint is to send something else, an EventSource is the wrong client for it: use fetch.'
        : 'If the endpoint may answer with something else, let the request say so in “Accept”.',
      connections: wrong.map(({ id }) => id),
    };
  },
);

const typeOf = (connection: Connection): string =>
  mimeTypeOf([['content-type', contentTypeOf(connection) ?? '']]);

/** An answer that is no success is another matter, and a type that nobody told is no finding. */
function hasWrongType(connection: Connection): boolean {
  const { transport, requestHeaders, status = 200 } = connection;
  const type = typeOf(connection);
  if (type === '' || type === WANTED || status >= FIRST_ERROR || status === 204) return false;
  if (transport === 'eventsource') return true;
  if (transport === 'websocket') return false;
  const accepted = headerOf(requestHeaders, 'accept') ?? '';
  return accepted.trim().toLowerCase() === WANTED;
}
