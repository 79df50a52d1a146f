import type { Connection } from '../channel.ts';
import type { Transport } from '../facts.ts';
import type { Session } from '../session.ts';
import type { Milliseconds } from '../units.ts';
import type { LogEntry } from './log-entry.ts';

/** Finds the connection of the session that an entry of the log tells of. */
export interface EntryMatcher {
  /** Each connection is found once: the one whose beginning is nearest. */
  find: (entry: LogEntry) => Connection | undefined;
}

/** The browser's clock and the page's, and a busy machine between a call and its request. */
const NEAR: Milliseconds = 3_000;

const KINDS: Partial<Record<Transport, LogEntry['kind']>> = {
  websocket: 'websocket',
  eventsource: 'eventsource',
  'fetch-stream': 'request',
  'xhr-stream': 'request',
  polling: 'request',
};

export function createEntryMatcher(session: Session): EntryMatcher {
  const waiting = new Map<string, Connection[]>();
  let known = 0;

  const keyOf = (kind: string, method: string, url: string) => `${kind} ${method} ${url}`;

  /** Connections that have come since the last look. */
  function meetNew(): void {
    for (let id = known + 1; id < session.nextConnection; id += 1) {
      const connection = session.connections.get(id);
      if (connection === undefined || connection.source === 'network-log') continue;
      const kind = KINDS[connection.transport];
      if (kind === undefined) continue;
      const key = keyOf(kind, connection.method ?? 'GET', connection.url);
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [connection]);
      else others.push(connection);
    }
    known = session.nextConnection - 1;
  }

  return {
    find: ({ kind, method, url, startedAt }) => {
      meetNew();
      const key = keyOf(kind, method, url);
      const candidates = waiting.get(key);
      if (candidates === undefined) return undefined;
      const at = startedAt - session.header.startedAt;
      const distances = candidates.map((candidate) => distanceTo(candidate, at));
      const nearest = distances.indexOf(Math.min(...distances));
      if ((distances[nearest] ?? Infinity) > NEAR) return undefined;
      const [found] = candidates.splice(nearest, 1);
      if (candidates.length === 0) waiting.delete(key);
      return found;
    },
  };
}

/**
 * The browser's own reconnect is created when the stream breaks, and asks after its reconnection time: then the next one
 * is created at about the time at which one that comes to nothing asked.
 */
function distanceTo(
  { createdAt, endedAt = createdAt, openedAt = endedAt }: Connection,
  at: Milliseconds,
): Milliseconds {
  if (at >= createdAt && at <= openedAt) return 0;
  return Math.min(Math.abs(createdAt - at), Math.abs(openedAt - at));
}
