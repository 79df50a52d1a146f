import type { Channel, Connection } from '../channel.ts';
import type { Fact, MessageFact } from '../facts.ts';
import type { Session } from '../session.ts';
import { utf8Length } from '../utf8-length.ts';
import type { EpochMilliseconds, Milliseconds } from '../units.ts';
import { type LogEntry, type LogMessage, readLogMessage } from './log-entry.ts';
import { createEntryMatcher } from './match-entries.ts';

/** Compares what DevTools' network log tells with what the taps saw, and adds what only the log knows. */
export interface Witness {
  /** @param isOver nothing more will come of this entry */
  hear: (entry: LogEntry, now: EpochMilliseconds, isOver: boolean) => void;
}

/** Facts of a tap are on their way for a moment; what the log tells is not judged earlier. */
export const GRACE: Milliseconds = 2_000;

/** The log's wall clock and that of the page's time origin differ by less; what is older belongs to the page before. */
const CLOCK_SLACK: Milliseconds = 50;

/** What is known of one entry, from one look at the log to the next. */
interface Witnessed {
  readonly connection: Connection;
  isDescribed: boolean;
  /** Messages of the entry that were compared. */
  heard: number;
  /** Messages of the tap that were counted into `unpaired`. */
  counted: number;
  /** How many messages of the tap wait for their twin in the log, by what both know of a message. */
  readonly unpaired: Map<string, number>;
}

/**
 * A message of the log without its twin that may be known all the same: what a tap dropped is counted already; the
 * log shows a Blob that was sent as nothing; and of a body that the page reads, the tap's own pieces are the truth.
 */
function mayBeKnown(
  { transport, tally }: Connection,
  { dropped }: Channel,
  message: LogMessage,
): boolean {
  if (dropped.sent.messages + dropped.received.messages > 0) return true;
  if (transport === 'websocket')
    return message.direction === 'sent' && message.payload.length === 0;
  return transport !== 'eventsource' && tally.received.messages > 0;
}

/** What both witnesses know of a message; lengths tell messages apart without holding them. */
const pairKey = (direction: string, byteLength: number, type = '', id = '') =>
  `${direction} ${byteLength} ${type}\n${id}`;

export function createWitness(session: Session): Witness {
  const matcher = createEntryMatcher(session);
  const witnessed = new Map<string, Witnessed>();
  let logFrame: number | undefined;

  const timeOf = (at: EpochMilliseconds): Milliseconds => at - session.header.startedAt;

  function describe(connection: Connection, entry: LogEntry): void {
    const { requestHeaders, responseHeaders, status, httpVersion, remoteAddress, timings } = entry;
    session.ingest({
      kind: 'handshake-logged',
      connection: connection.id,
      at: timeOf(entry.startedAt),
      requestHeaders,
      responseHeaders,
      status,
      // Chrome's phases of a WebSocket's handshake do not add up: `wait` goes on after the answer.
      ...(entry.kind !== 'websocket' && { timings }),
      ...(httpVersion !== undefined && { httpVersion }),
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
  }

  /** Whoever opened this is out of the taps' reach: a worker, or a frame that could not be entered. */
  function add(entry: LogEntry): Connection | undefined {
    logFrame ??= addFrame(entry);
    const id = session.nextConnection;
    const connection = { connection: id };
    const at = timeOf(entry.startedAt);
    const facts: Fact[] = [
      {
        ...connection,
        kind: 'connection-created',
        frame: logFrame,
        at,
        transport: entry.kind === 'request' ? 'fetch-stream' : entry.kind,
        url: entry.url,
        source: 'network-log',
        ...(entry.kind === 'request' && { method: entry.method }),
        ...(entry.script !== undefined && { initiator: `    at ${entry.script}` }),
      },
    ];
    if (entry.status === 101 || entry.status === 200) {
      facts.push({ ...connection, kind: 'connection-opened', at: at + openingTime(entry) });
    }
    for (const fact of facts) session.ingest(fact);
    return session.connections.get(id);
  }

  function addFrame({ script }: LogEntry): number {
    const frame = session.nextFrame;
    session.ingest({
      kind: 'frame-added',
      frame,
      at: session.lastAt,
      url: script ?? '',
      frameKind: 'worker',
    });
    return frame;
  }

  /** Messages of the tap that came since the last look. */
  function countTap({ rows }: Channel, state: Witnessed): void {
    for (; state.counted < rows.length; state.counted += 1) {
      const row = rows.get(state.counted);
      if (session.messages.connection(row) !== state.connection.id) continue;
      const message = session.messages.read(row);
      if (message.source === 'network-log') continue;
      const { direction, byteLength, eventType, lastEventId } = message;
      const key = pairKey(direction, byteLength, eventType, lastEventId);
      state.unpaired.set(key, (state.unpaired.get(key) ?? 0) + 1);
    }
  }

  function isInTap({ unpaired }: Witnessed, message: LogMessage): boolean {
    const { direction, payload, eventType, lastEventId } = message;
    const length = typeof payload === 'string' ? utf8Length(payload) : payload.length;
    const key = pairKey(direction, length, eventType, lastEventId);
    const count = unpaired.get(key) ?? 0;
    if (count <= 1) unpaired.delete(key);
    else unpaired.set(key, count - 1);
    return count > 0;
  }

  /** @param until what is younger may still be on its way from a tap */
  function compareMessages(entry: LogEntry, state: Witnessed, until: EpochMilliseconds): void {
    const { connection } = state;
    const channel = session.channelOf(connection);
    const isTapped = connection.source === 'page';
    if (isTapped) countTap(channel, state);
    for (; state.heard < entry.messages.length; state.heard += 1) {
      const message = readLogMessage(entry.kind, entry.messages[state.heard]);
      if (message === undefined) continue;
      if (message.at > until) return;
      // Before the user cleared the session, or before the page was.
      if (timeOf(message.at) < 0) continue;
      if (isTapped && (isInTap(state, message) || mayBeKnown(connection, channel, message)))
        continue;
      session.ingest(messageFact(connection.id, message, timeOf(message.at)));
    }
  }

  return {
    hear: (entry, now, isOver) => {
      const key = `${entry.startedAt} ${entry.connectionId} ${entry.method} ${entry.url}`;
      let state = witnessed.get(key);
      if (state === undefined) {
        // A request that waits for a free connection has no number of one yet: it would be met twice.
        if (entry.status === 0 && !isOver) return;
        // A request is known to be real-time traffic by its answer, for which it may have waited long.
        const isDue = isOver || now - entry.startedAt - openingTime(entry) > GRACE;
        const mayBeAdded = isDue && isRealTime(entry) && timeOf(entry.startedAt) >= -CLOCK_SLACK;
        const connection = matcher.find(entry) ?? (mayBeAdded ? add(entry) : undefined);
        if (connection === undefined) return;
        state = { connection, isDescribed: false, heard: 0, counted: 0, unpaired: new Map() };
        witnessed.set(key, state);
      }
      const { connection } = state;
      if (!state.isDescribed && entry.status > 0) {
        state.isDescribed = true;
        describe(connection, entry);
      }
      compareMessages(entry, state, isOver ? Infinity : now - GRACE);
      if (isOver && connection.source === 'network-log' && connection.endedAt === undefined) {
        const at = timeOf(entry.startedAt) + entry.duration;
        session.ingest({
          kind: 'connection-ended',
          connection: connection.id,
          at,
          endedBy: 'unknown',
        });
      }
    },
  };
}

/** What a session is about; of everything else only connections that the taps saw are described. */
function isRealTime({ kind, isEventStream }: LogEntry): boolean {
  return kind !== 'request' || isEventStream;
}

/** Up to the answer's first byte (HAR 1.2 `timings`); the `wait` of a WebSocket goes on after its answer. */
function openingTime({ kind, timings }: LogEntry): Milliseconds {
  const { blocked = 0, dns = 0, connect = 0, send = 0, wait = 0 } = timings;
  return blocked + dns + connect + send + (kind === 'websocket' ? 0 : wait);
}

function messageFact(connection: number, message: LogMessage, at: Milliseconds): MessageFact {
  const { direction, payload, eventType, lastEventId } = message;
  const isText = typeof payload === 'string';
  return {
    kind: 'message',
    connection,
    at,
    direction,
    dataType: isText ? 'string' : 'arraybuffer',
    byteLength: isText ? utf8Length(payload) : payload.length,
    payload,
    payloadState: 'whole',
    source: 'network-log',
    ...(eventType !== undefined && { eventType }),
    ...(lastEventId !== undefined && { lastEventId }),
  };
}
