import { formatCountOf } from '../../format.ts';
import { urlOf } from '../hosts.ts';
import { channelRule } from '../said.ts';

/** Names under which a query carries what lets somebody in. Tickets that work once, session IDs and public keys are not among them. */
const NAMES =
  /^(?:(?:[a-z\d]+[_-]?)?token|jwt|bearer|api[_-]?key|auth|authorization|pass(?:word|wd|phrase)?|pwd|(?:client[_-]?)?secret|credentials?)$/iu;
const JWT = /^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*$/u;
/** A shorter value is a word or a number. */
const SHORTEST = 8;

export const credentialsInUrl = channelRule(
  {
    id: 'credentials-in-url',
    topic: 'Security',
    title: 'Credentials in a URL',
    source:
      'RFC 9110 section 17.9, “Disclosure of Sensitive Information in URIs”; RFC 6750 section 5.3',
  },
  function* look({ channel }) {
    const open = channel.connections.flatMap(({ id, url }) => {
      const where = placesOf(url);
      return where.length === 0 ? [] : [{ id, where }];
    });
    if (open.length === 0) return;
    const places = [...new Set(open.flatMap(({ where }) => where))];
    yield {
      severity: 'warning',
      summary: `The URL carries what lets somebody in (${places.join(', ')}), in ${formatCountOf(open.length, 'connection')}: URLs end up in the logs of servers and proxies.`,
      advice:
        channel.transport === 'websocket' || channel.transport === 'eventsource'
          ? 'Use a cookie, or a ticket that works once and for a minute; a WebSocket can also send its token in the first message, and a streamed fetch in a header.'
          : 'Send it in the “Authorization” header.',
      ifWrong:
        'One more request for the ticket before each connect; what is public on purpose, as a key that only names the app, may stay.',
      connections: open.map(({ id }) => id),
    };
  },
);

/** Which parts, by name: values are told nowhere. */
function placesOf(text: string): string[] {
  const url = urlOf(text);
  if (url === undefined) return [];
  const places = url.password === '' ? [] : ['password before the host'];
  for (const [name, value] of url.searchParams) {
    if (JWT.test(value) || (NAMES.test(name) && value.length >= SHORTEST)) places.push(`“${name}”`);
  }
  return places;
}
