import type { Connection } from '../channel.ts';
import { contentTypeOf } from '../http/connection-body.ts';
import { headerOf, mimeTypeOf } from '../http/content-type.ts';
import type { StreamFinding } from './stream-finding.ts';

const WANTED = 'text/event-stream';
const FIRST_ERROR = 300;

/** An EventSource refuses any other type for good (HTML, “Server-sent events”, processing model). */
export function findWrongType(connections: readonly Connection[]): StreamFinding[] {
  const wrong = connections.filter(hasWrongType);
  const [first] = wrong;
  if (first === undefined) return [];
  const type = typeOf(first);
  const isFatal = first.transport === 'eventsource';
  return [
    {
      rule: 'event-stream-type',
      severity: isFatal ? 'error' : 'warning',
      summary: `The server answered with “${type}” where an event stream was asked for${isFatal ? ', so the EventSource gave up and does not try again' : ''}.`,
      advice: `Answer with “Content-Type: ${WANTED}”, also from proxies and error pages with status 200.`,
      rows: [],
      connections: wrong.map(({ id }) => id),
    },
  ];
}

const typeOf = (connection: Connection): string =>
  mimeTypeOf([['content-type', contentTypeOf(connection) ?? '']]);

/** An answer that is no success is another matter, and a type that nobody told is no finding. */
function hasWrongType(connection: Connection): boolean {
  const { transport, requestHeaders, status = 200 } = connection;
  const type = typeOf(connection);
  if (type === '' || type === WANTED || status >= FIRST_ERROR || status === 204) return false;
  if (transport === 'eventsource') return true;
  const accepted = headerOf(requestHeaders, 'accept') ?? '';
  return accepted.trim().toLowerCase() === WANTED;
}
