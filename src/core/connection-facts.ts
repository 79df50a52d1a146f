import type { Connection } from './channel.ts';
import type {
  ConnectionClosing,
  ConnectionCreated,
  ConnectionOpened,
  EventStreamNoted,
  HandshakeLogged,
} from './facts.ts';

type AliveFact =
  ConnectionCreated | ConnectionOpened | HandshakeLogged | EventStreamNoted | ConnectionClosing;

/** The facts that make a living connection what it is, for a session that begins in its middle. */
export function connectionFacts(known: Connection, connection: number, frame: number): AliveFact[] {
  const facts: AliveFact[] = [
    {
      kind: 'connection-created',
      connection,
      frame,
      at: known.createdAt,
      transport: known.transport,
      url: known.url,
      source: known.source,
      ...(known.requestedSubprotocols.length > 0 && {
        requestedSubprotocols: [...known.requestedSubprotocols],
      }),
      withCredentials: known.withCredentials,
      ...(known.method !== undefined && { method: known.method }),
      ...(known.requestHeaders !== undefined && { requestHeaders: known.requestHeaders }),
      ...(known.initiator !== undefined && { initiator: known.initiator }),
      early: true,
    },
  ];
  const { openedAt, responseHeaders, handshake, reconnectionTime } = known;
  if (openedAt !== undefined) {
    facts.push({
      kind: 'connection-opened',
      connection,
      at: openedAt,
      ...(known.status !== undefined && { status: known.status }),
      ...(responseHeaders !== undefined && { responseHeaders }),
      ...(known.subprotocol !== undefined && { subprotocol: known.subprotocol }),
      ...(known.extensions !== undefined && { extensions: known.extensions }),
    });
  }
  if (handshake !== undefined) facts.push({ ...handshake, connection });
  if (reconnectionTime !== undefined) {
    const at = openedAt ?? known.createdAt;
    facts.push({ kind: 'event-stream-noted', connection, at, reconnectionTime });
  }
  if (known.closingAt !== undefined) {
    facts.push({ kind: 'connection-closing', connection, at: known.closingAt });
  }
  return facts;
}
