import type { Connection } from '../../channel.ts';
import { formatCountOf } from '../../format.ts';
import { headerOf } from '../../http/content-type.ts';
import { channelRule } from '../said.ts';

const SWITCHING_PROTOCOLS = 101;

export const subprotocolRefused = channelRule(
  {
    id: 'subprotocol-refused',
    topic: 'Connections',
    title: 'The server chose none of the subprotocols',
    source:
      'RFC 6455 section 4.1; WHATWG WebSockets: a client that asked for one and gets none fails the connection',
  },
  function* look({ channel }) {
    const refused = channel.connections.filter(isRefused);
    const [first] = refused;
    if (first === undefined) return;
    const isFatal = refused.some(({ openedAt }) => openedAt === undefined);
    yield {
      severity: isFatal ? 'error' : 'warning',
      summary: `The page asked for ${first.requestedSubprotocols.map((name) => `“${shown(name)}”`).join(', ')} and the server chose none of them, in ${formatCountOf(refused.length, 'connection')}${isFatal ? ': browsers fail such a connection' : ''}.`,
      advice:
        'Let the server answer “Sec-WebSocket-Protocol” with one of those names, or ask for none; names and case must be equal.',
      ifWrong: 'Nothing: a name that nobody chose is not in use.',
      connections: refused.map(({ id }) => id),
    };
  },
);

/** Some pages put tokens there. */
const shown = (name: string): string => (name.length > 40 ? `${name.slice(0, 12)}…` : name);

function isRefused(connection: Connection): boolean {
  const { transport, requestedSubprotocols, openedAt, subprotocol, handshake, status } = connection;
  if (transport !== 'websocket' || requestedSubprotocols.length === 0) return false;
  if (openedAt !== undefined) return subprotocol === '';
  // The handshake itself went well, and the browser failed it all the same.
  const { responseHeaders } = handshake ?? {};
  if (status !== SWITCHING_PROTOCOLS || responseHeaders === undefined) return false;
  const chosen = headerOf(responseHeaders, 'sec-websocket-protocol');
  return chosen === undefined || !requestedSubprotocols.includes(chosen);
}
