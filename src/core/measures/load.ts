import type { Channel, Connection } from '../channel.ts';
import { isHttp1 } from '../http/is-http1.ts';
import type { MessageStore } from '../message-store.ts';
import { mostAtOnce } from '../most-at-once.ts';
import type { Milliseconds } from '../units.ts';
import type { LoadMeasures } from './measures.ts';
import type { Talk } from './talk.ts';

/** A rate of what happened in less than this would be hearsay. */
const SHORTEST_FOR_RATE: Milliseconds = 60_000;
const HOUR: Milliseconds = 3_600_000;
/** Nothing said for longer is idle. */
const IDLE: Milliseconds = 1_000;

/** @param now where living connections have come to */
export function measureLoad(
  channels: readonly Channel[],
  talks: readonly Talk[],
  messages: MessageStore,
  now: Milliseconds,
): LoadMeasures {
  const connections = channels.flatMap((channel) => channel.connections);
  const openTime = connections.reduce((sum, each) => sum + openTimeOf(each, now), 0);
  const reconnects = channels.reduce(
    (sum, { transport, connections: own }) => sum + (transport === 'polling' ? 0 : own.length - 1),
    0,
  );
  const span = spanOf(connections, now);
  return {
    connections: connections.length,
    held: mostAtOnce(spansOf(connections, now)).length,
    http1Slots: mostSlots(connections, now),
    reconnectsPerHour: span < SHORTEST_FOR_RATE ? undefined : (reconnects / span) * HOUR,
    idleShare: openTime > 0 ? idleTime(talks, channels, messages, now) / openTime : undefined,
    openTime,
  };
}

/** From the first try to the last end. */
export function spanOf(connections: readonly Connection[], now: Milliseconds): Milliseconds {
  let [from, to] = [Infinity, -Infinity];
  for (const { createdAt, endedAt = now } of connections) {
    from = Math.min(from, createdAt);
    to = Math.max(to, endedAt);
  }
  return Math.max(0, to - from);
}

/** A poll has no open time but the one in which it waits. */
function openTimeOf(connection: Connection, now: Milliseconds): Milliseconds {
  const from = openFrom(connection);
  return from === undefined ? 0 : Math.max(0, (connection.endedAt ?? now) - from);
}

const openFrom = ({ transport, createdAt, openedAt }: Connection): Milliseconds | undefined =>
  transport === 'polling' ? createdAt : openedAt;

/** Requests take one of the six that a browser allows to a host over HTTP/1.1; WebSockets are not among them. */
function mostSlots(connections: readonly Connection[], now: Milliseconds): number {
  const byHost = new Map<string, Connection[]>();
  for (const connection of connections) {
    const host = /^https?:\/\/([^/?#]+)/u.exec(connection.url)?.[1];
    if (host === undefined || !isHttp1(connection)) continue;
    const known = byHost.get(host);
    if (known === undefined) byHost.set(host, [connection]);
    else known.push(connection);
  }
  return Math.max(0, ...[...byHost.values()].map((own) => mostAtOnce(spansOf(own, now)).length));
}

const spansOf = (connections: readonly Connection[], now: Milliseconds) =>
  connections.map(({ createdAt: from, endedAt: to = now }) => ({ from, to }));

/** Stretches of open time longer than a second in which neither side said a word. */
function idleTime(
  talks: readonly Talk[],
  channels: readonly Channel[],
  messages: MessageStore,
  now: Milliseconds,
): Milliseconds {
  const rowsOf = new Map<number, number[]>();
  for (const { rows } of talks) {
    for (const row of rows) {
      const id = messages.connection(row);
      const known = rowsOf.get(id);
      if (known === undefined) rowsOf.set(id, [row]);
      else known.push(row);
    }
  }
  let idle = 0;
  for (const connection of channels.flatMap((channel) => channel.connections)) {
    const from = openFrom(connection);
    if (from === undefined) continue;
    let before = from;
    const pass = (at: Milliseconds): void => {
      if (at - before > IDLE) idle += at - before;
      before = Math.max(before, at);
    };
    for (const row of rowsOf.get(connection.id) ?? []) pass(messages.at(row));
    pass(connection.endedAt ?? now);
  }
  return idle;
}
