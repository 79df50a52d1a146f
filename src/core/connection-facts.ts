import type { Connection } from './channel.ts';
import type { ConnectionClosing, ConnectionCreated, ConnectionOpened } from './facts.ts';

type AliveFact = ConnectionCreated | ConnectionOpened | ConnectionClosing;

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
      ...(known.initiator !== undefined && { initiator: known.initiator }),
      early: true,
    },
  ];
  if (known.openedAt !== undefined) {
    facts.push({
      kind: 'connection-opened',
      connection,
      at: known.openedAt,
      ...(known.subprotocol !== undefined && { subprotocol: known.subprotocol }),
      ...(known.extensions !== undefined && { extensions: known.extensions }),
    });
  }
  if (known.closingAt !== undefined) {
    facts.push({ kind: 'connection-closing', connection, at: known.closingAt });
  }
  return facts;
}
