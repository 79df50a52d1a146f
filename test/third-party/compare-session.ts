import { Buffer } from 'node:buffer';
import type { Connection } from '../../src/core/channel.ts';
import type { Direction, MessageFact } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import { expect } from '../e2e/fixtures.ts';
import type { Scenario } from './scenario.ts';
import type { WireConnection, WireLog, WireMessage } from './wire/wire-log.ts';

/** A message in the words that the wire and the session share. */
type Comparable = Pick<WireMessage, 'eventType' | 'lastEventId'> & { payload: string };

/**
 * The session holds the connections that went over the wire to this origin, in their order, and in each of them the
 * same messages in the same order for each direction.
 */
export function expectSessionToHold(
  session: Session,
  origin: string,
  { connections }: WireLog,
  { inSession }: Scenario,
): void {
  for (const [kind, transport] of Object.entries(inSession)) {
    const onWire = connections.filter((one) => one.kind === kind);
    const recorded = [...session.connections.values()].filter(
      ({ url, transport: its }) => new URL(url).host === new URL(origin).host && its === transport,
    );
    const opened = recorded.filter(({ openedAt }) => openedAt !== undefined);
    expect(opened.map(targetOf), `connections over ${kind}`).toEqual(
      onWire.map(({ target }) => target),
    );
    const told = messagesByConnection(session);
    for (const [index, wire] of onWire.entries()) {
      const seen = told.get(opened[index]?.id ?? 0) ?? [];
      for (const direction of ['sent', 'received'] as const) {
        expect(
          seen.filter((one) => one.direction === direction).map(fromSession),
          `${direction} in connection ${index + 1} over ${kind}`,
        ).toEqual(fromWire(wire, direction));
      }
    }
  }
}

function targetOf({ url }: Connection): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function messagesByConnection(session: Session): Map<number, MessageFact[]> {
  const byConnection = new Map<number, MessageFact[]>();
  for (const fact of session.facts()) {
    // What the page gave to `send()` too late never reached the wire.
    if (fact.kind !== 'message' || fact.discarded === true) continue;
    const list = byConnection.get(fact.connection) ?? [];
    byConnection.set(fact.connection, list);
    list.push(fact);
  }
  return byConnection;
}

function fromSession({ payload, eventType, lastEventId }: MessageFact): Comparable {
  return {
    payload: payload === null ? '(missing)' : comparePayload(payload),
    ...(eventType !== undefined && { eventType, lastEventId: lastEventId ?? '' }),
  };
}

function fromWire({ messages }: WireConnection, direction: Direction): Comparable[] {
  return messages
    .filter((one) => one.direction === direction)
    .map(({ payload, eventType, lastEventId }) => ({
      payload: comparePayload(payload),
      ...(eventType !== undefined && { eventType, lastEventId: lastEventId ?? '' }),
    }));
}

function comparePayload(payload: string | Uint8Array): string {
  return typeof payload === 'string'
    ? `text: ${payload}`
    : `bytes: ${Buffer.from(payload).toString('hex')}`;
}
