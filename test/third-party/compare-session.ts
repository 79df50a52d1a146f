import { Buffer } from 'node:buffer';
import type { Connection } from '../../src/core/channel.ts';
import type { Direction, MessageFact } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import { expect } from '../e2e/fixtures.ts';
import type { Scenario } from './scenario.ts';
import type { WireLog, WireMessage } from './wire/wire-log.ts';

/** A message in the words that the wire and the session share. */
type Comparable = WireMessage & { readonly payload: string };

/**
 * The session holds the connections that went over the wire to this origin, in their order, and in each of them the
 * same messages in the same order for each direction.
 */
export function expectSessionToHold(
  session: Session,
  origin: string,
  { connections }: WireLog,
  { inSession, polls = /^/u }: Scenario,
): void {
  const told = messagesByConnection(session);
  for (const [kind, transport] of Object.entries(inSession)) {
    const recorded = [...session.connections.values()].filter(
      ({ url, transport: its }) => new URL(url).host === new URL(origin).host && its === transport,
    );
    const opened = recorded.filter(({ openedAt }) => openedAt !== undefined);
    const seen = opened.map((connection) =>
      compare(targetOf(connection), (told.get(connection.id) ?? []).map(fromSession)),
    );
    const wire = connections.filter((one) => one.kind === kind);
    if (kind === 'exchange') {
      // The page may let go of a request whose answer is on its way.
      const letGo = new Set(recorded.filter((one) => !opened.includes(one)).map(targetOf));
      const polled = wire.filter(
        ({ target, isAnswered }) => isAnswered && polls.test(target) && !letGo.has(target),
      );
      // Requests that run side by side reach the server in an order of their own.
      expect(seen.map(asExchange).toSorted(), `requests of ${transport}`).toEqual(
        polled.map((one) => asExchange(compare(one.target, one.messages.map(fromWire)))).toSorted(),
      );
    } else {
      expect(seen, `connections of ${transport}`).toEqual(
        wire.map(({ target, messages }) => compare(target, messages.map(fromWire))),
      );
    }
  }
}

/** A connection in the words that the wire and the session share. */
function compare(target: string, messages: readonly Comparable[]) {
  const of = (direction: Direction) => messages.filter((one) => one.direction === direction);
  return { target, sent: of('sent'), received: of('received') };
}

/** A body of lines is one message on the wire, and one for each line in the session. */
function asExchange({ target, sent, received }: ReturnType<typeof compare>): string {
  const body = (messages: readonly Comparable[]) =>
    messages.map(({ payload }) => payload.replaceAll('\n', '')).join('');
  return `${target} sent ${body(sent)}, received ${body(received)}`;
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

function fromSession({ direction, payload, eventType, lastEventId }: MessageFact): Comparable {
  return {
    direction,
    payload: payload === null ? '(missing)' : payloadText(payload),
    ...(eventType !== undefined && { eventType, lastEventId: lastEventId ?? '' }),
  };
}

function fromWire({ direction, payload, eventType, lastEventId }: WireMessage): Comparable {
  return {
    direction,
    payload: payloadText(payload),
    ...(eventType !== undefined && { eventType, lastEventId: lastEventId ?? '' }),
  };
}

function payloadText(payload: string | Uint8Array): string {
  return typeof payload === 'string' ? payload : `bytes: ${Buffer.from(payload).toString('hex')}`;
}
