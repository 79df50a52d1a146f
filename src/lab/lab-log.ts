import type { IncomingHttpHeaders } from 'node:http';
import type { Direction } from '../core/facts.ts';
import type { EpochMilliseconds, Milliseconds } from '../core/units.ts';
import { wallNow } from './feed-clock.ts';

export type LabTransport =
  'websocket' | 'eventsource' | 'fetch-stream' | 'long-polling' | 'polling';

/** Who ended a connection, as far as the server can tell. */
export type LabEndedBy = 'page' | 'server' | 'network';

/** One try of a page, as the server saw it. */
export interface LabConnection {
  readonly id: number;
  readonly transport: LabTransport;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** The `name` parameter, or an empty string. */
  readonly name: string;
  /** The request headers that say how the page asked; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestedAt: EpochMilliseconds;
  /** When the opening handshake or the response's head was sent; null for a refused try. */
  readonly openedAt: EpochMilliseconds | null;
  /** The HTTP status that was answered; null before the answer. */
  readonly status: number | null;
  readonly closedAt: EpochMilliseconds | null;
  readonly endedBy: LabEndedBy | null;
  /** WebSocket only: the close code that ended it here, 1006 without a Close frame. */
  readonly closeCode: number | null;
  readonly closeReason: string;
}

/** One message, logged when the server handed it to the socket or read it from there. */
export interface LabMessage {
  readonly connection: number;
  readonly at: EpochMilliseconds;
  /** Seen from the page: what it sent, what it received. */
  readonly direction: Direction;
  readonly data: 'text' | 'binary';
  readonly payload: string | Buffer;
  /** Event streams: the event type, `message` where the stream named none. */
  readonly eventType: string | null;
  /** Event streams: the last event ID that the page holds with this event. */
  readonly lastEventId: string | null;
}

/** The server's own truth, to compare a recorded session with. */
export interface LabLog {
  connections: () => readonly LabConnection[];
  connectionNamed: (name: string) => LabConnection | undefined;
  messagesOf: (connectionId: number) => readonly LabMessage[];
  /** Resolves when the predicate holds; looks again after each change. */
  until: (predicate: (log: LabLog) => boolean, timeout?: Milliseconds) => Promise<void>;
  /** Forgets all messages and every connection that is over. */
  clear: () => void;
}

export interface ConnectionRecord {
  readonly id: number;
  opened: (status: number) => void;
  refused: (status: number) => void;
  message: (message: Omit<LabMessage, 'connection' | 'at'>) => void;
  closed: (endedBy: LabEndedBy, closeCode?: number, closeReason?: string) => void;
}

export interface LabRecorder {
  readonly log: LabLog;
  begin: (request: {
    transport: LabTransport;
    target: string;
    name: string;
    headers: IncomingHttpHeaders;
  }) => ConnectionRecord;
}

const HEADERS_OF_INTEREST = [
  'accept',
  'cache-control',
  'cookie',
  'last-event-id',
  'origin',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'user-agent',
];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function createLabRecorder(): LabRecorder {
  const connections = new Map<number, Mutable<LabConnection>>();
  const messages = new Map<number, LabMessage[]>();
  const waiting = new Set<() => void>();
  let nextId = 1;
  let checkPlanned = false;

  /** One look for many changes of the same turn: a burst costs one check, not ten thousand. */
  function changed(): void {
    if (checkPlanned || waiting.size === 0) return;
    checkPlanned = true;
    setImmediate(() => {
      checkPlanned = false;
      for (const check of waiting) check();
    });
  }

  const log: LabLog = {
    connections: () => [...connections.values()],
    connectionNamed: (name) => [...connections.values()].find((entry) => entry.name === name),
    messagesOf: (id) => messages.get(id) ?? [],
    until: (predicate, timeout = 10_000) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          waiting.delete(check);
          settle();
        };
        const check = (): void => {
          try {
            if (predicate(log)) finish(resolve);
          } catch (error) {
            finish(() => reject(error instanceof Error ? error : new Error(String(error))));
          }
        };
        const timer = setTimeout(() => {
          finish(() => reject(new Error(`not so after ${timeout} ms: ${summaryOf(log)}`)));
        }, timeout);
        waiting.add(check);
        check();
      }),
    clear: () => {
      messages.clear();
      for (const entry of connections.values()) {
        if (entry.closedAt !== null) connections.delete(entry.id);
      }
    },
  };

  return {
    log,
    begin: ({ transport, target, name, headers }) => {
      const entry: Mutable<LabConnection> = {
        id: nextId++,
        transport,
        target,
        name,
        headers: headersOfInterest(headers),
        requestedAt: wallNow(),
        openedAt: null,
        status: null,
        closedAt: null,
        endedBy: null,
        closeCode: null,
        closeReason: '',
      };
      connections.set(entry.id, entry);
      changed();
      const close = (endedBy: LabEndedBy, code: number | null, reason: string): void => {
        if (entry.closedAt !== null) return;
        Object.assign(entry, {
          closedAt: wallNow(),
          endedBy,
          closeCode: code,
          closeReason: reason,
        });
        changed();
      };
      return {
        id: entry.id,
        opened: (status) => {
          entry.openedAt = wallNow();
          entry.status = status;
          changed();
        },
        refused: (status) => {
          entry.status = status;
          close('server', null, '');
        },
        message: (message) => {
          const list = messages.get(entry.id);
          const full = { ...message, connection: entry.id, at: wallNow() };
          if (list === undefined) messages.set(entry.id, [full]);
          else list.push(full);
          changed();
        },
        closed: (endedBy, code, reason = '') => close(endedBy, code ?? null, reason),
      };
    },
  };
}

function headersOfInterest(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    HEADERS_OF_INTEREST.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

function summaryOf(log: LabLog): string {
  return log
    .connections()
    .map((entry) => {
      const state = entry.closedAt === null ? 'open' : 'closed';
      return `#${entry.id} ${entry.target} ${state}, ${log.messagesOf(entry.id).length} messages`;
    })
    .join('; ');
}
