import { Buffer } from 'node:buffer';
import type { Connection } from '../../src/core/channel.ts';
import type { MessageFact } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import type { LabConnection, LabLog, LabMessage } from '../../src/lab/lab-log.ts';
import { expect } from './fixtures.ts';

/** A message in the words that server and session share. */
interface Comparable {
  direction: string;
  data: string;
  payload: string;
  byteLength: number;
  eventType?: string;
  lastEventId?: string;
}

/**
 * Every message of every connection that the server logged stands in the session: the same bytes, in the same
 * order for each direction. Connections are matched by their URL, which the pages make unique.
 */
export function expectSessionToMatch(session: Session, log: LabLog): void {
  const recorded = messagesByConnection(session);
  const connections = [...session.connections.values()];
  for (const logged of log.connections()) {
    if (logged.transport !== 'websocket' && logged.transport !== 'eventsource') continue;
    const match = connections.filter(({ url }) => url.endsWith(logged.target));
    expect(match, logged.target).toHaveLength(1);
    const [connection] = match as [Connection];
    for (const direction of ['sent', 'received'] as const) {
      const seen = (recorded.get(connection.id) ?? []).filter((one) => one.direction === direction);
      const truth = log
        .messagesOf(logged.id)
        .filter((one) => one.direction === direction)
        .map((one, index) => fromLog(logged, one, seen[index]));
      expect(seen.map(fromSession), `${direction} on ${logged.target}`).toEqual(truth);
    }
  }
}

/** All messages of all connections, both directions. */
export function countMessages(log: LabLog): number {
  return log.connections().reduce((sum, { id }) => sum + log.messagesOf(id).length, 0);
}

const EVICTED = '(let go)';

function textOf(payload: string | Uint8Array): string {
  return typeof payload === 'string' ? payload : Buffer.from(payload).toString('base64');
}

function messagesByConnection(session: Session): Map<number, MessageFact[]> {
  const byConnection = new Map<number, MessageFact[]>();
  for (const fact of session.facts()) {
    if (fact.kind !== 'message') continue;
    const list = byConnection.get(fact.connection) ?? [];
    byConnection.set(fact.connection, list);
    list.push(fact);
  }
  return byConnection;
}

function fromSession(message: MessageFact): Comparable {
  const { payload, dataType, byteLength, eventType, lastEventId, direction } = message;
  return {
    direction,
    data: dataType === 'string' ? 'text' : 'binary',
    payload: payload === null ? EVICTED : textOf(payload),
    byteLength,
    ...(eventType !== undefined && { eventType, lastEventId: lastEventId ?? '' }),
  };
}

/** @param seen where it says that the payload was let go, only its length is compared */
function fromLog(
  connection: LabConnection,
  message: LabMessage,
  seen: MessageFact | undefined,
): Comparable {
  const { payload, data, direction, eventType, lastEventId } = message;
  return {
    direction,
    data,
    payload: seen?.payloadState === 'evicted' ? EVICTED : textOf(payload),
    byteLength: Buffer.byteLength(payload),
    ...(connection.transport === 'eventsource' && {
      eventType: eventType ?? 'message',
      lastEventId: lastEventId ?? '',
    }),
  };
}
