import type { LifeFact } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';

/** A fact of a connection, and how many of the connection's messages came before it. */
export interface PlacedLifeFact {
  fact: LifeFact;
  after: number;
}

/** What belongs to one connection: one HAR entry. */
export interface ConnectionPart {
  life: PlacedLifeFact[];
  /** Rows of the message store. */
  rows: number[];
}

export interface SessionParts {
  connections: Map<number, ConnectionPart>;
  /** Facts of frames, which no connection has. */
  others: LifeFact[];
}

/** Sorts a session by connection, in one walk that builds no message. */
export function splitByConnection(session: Session): SessionParts {
  const { messages } = session;
  const connections = new Map<number, ConnectionPart>();
  const others: LifeFact[] = [];
  let row = 0;

  function partOf(connection: number): ConnectionPart {
    let part = connections.get(connection);
    if (part === undefined) {
      part = { life: [], rows: [] };
      connections.set(connection, part);
    }
    return part;
  }

  function takeRows(end: number): void {
    for (; row < end; row += 1) partOf(messages.connection(row)).rows.push(row);
  }

  for (const { fact, beforeRow } of session.life) {
    takeRows(beforeRow);
    if ('connection' in fact) {
      const { life, rows } = partOf(fact.connection);
      life.push({ fact, after: rows.length });
    } else {
      others.push(fact);
    }
  }
  takeRows(messages.length);
  return { connections, others };
}
