import { type Connection, isErrorStatus, isFailedTry } from '../channel.ts';
import { downAt } from '../links/judge-link.ts';
import type { Milliseconds } from '../units.ts';

/** An outage as the connections of a channel tell it, before any words. */
export interface OutageSpan {
  /** The connection that was lost; of polling the first request that failed. */
  readonly lost: Connection;
  readonly start: Milliseconds;
  /** Tries after it, in order; the last one opened where `end` is there. */
  readonly tries: readonly Connection[];
  readonly end?: Milliseconds;
}

/** What the connections of a channel amount to so far. A span that has ended stays the same object. */
export interface OutageFold {
  readonly spans: readonly OutageSpan[];
  /** Time in which the channel was open, up to the last end of a connection. */
  readonly open: Milliseconds;
  /** Until when it has been open; Infinity where it is. */
  readonly openUntil: Milliseconds;
}

export const NO_OUTAGES: OutageFold = { spans: [], open: 0, openUntil: -Infinity };

/** Whether a try brought the channel back. */
export function isBack(connection: Connection): boolean {
  return connection.openedAt !== undefined && !isErrorStatus(connection.status);
}

/**
 * Goes on from a fold with the next connections, in the order of creation: a span begins where an open connection is
 * lost, and ends where the next one opens. Of connections side by side the channel is lost with the last of them.
 */
export function extendFold(fold: OutageFold, connections: readonly Connection[]): OutageFold {
  const spans = [...fold.spans];
  let { open, openUntil } = fold;
  let current = spans.at(-1)?.end === undefined ? spans.pop() : undefined;

  for (const connection of connections) {
    const { createdAt, openedAt } = connection;
    const isBeside = current !== undefined && createdAt < current.start;
    const opened = isBack(connection) ? openedAt : undefined;
    if (current !== undefined && !isBeside) {
      current = { ...current, tries: [...current.tries, connection] };
      if (opened !== undefined) {
        spans.push({ ...current, end: opened });
        current = undefined;
      }
    }
    if (opened === undefined) {
      current ??= failedPoll(connection);
      continue;
    }
    const lost = connection.transport === 'polling' ? undefined : downAt(connection);
    const until = lost ?? connection.endedAt ?? Infinity;
    if (until !== Infinity) open += Math.max(0, until - Math.max(opened, openUntil));
    if (isBeside && until <= (current?.start ?? Infinity)) continue;
    openUntil = Math.max(openUntil, until);
    current = lost === undefined ? undefined : { lost: connection, start: lost, tries: [] };
  }
  return { spans: current === undefined ? spans : [...spans, current], open, openUntil };
}

/** Polling is lost with a request that fails, not with the end of each answer. */
function failedPoll(connection: Connection): OutageSpan | undefined {
  const { transport, endedAt } = connection;
  if (transport !== 'polling' || endedAt === undefined || !isFailedTry(connection))
    return undefined;
  return { lost: connection, start: endedAt, tries: [] };
}
