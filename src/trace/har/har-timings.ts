import type { Connection } from '../../core/channel.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { HarTimings } from './har-format.ts';

/**
 * The network log's own timings where it told them; else what the page can tell: how long it waited for the
 * handshake, and how long the connection lived after it.
 */
export function toTimings(connection: Connection, lastAt: Milliseconds): HarTimings {
  const { createdAt, openedAt, endedAt = lastAt, handshake } = connection;
  const span = Math.max(endedAt - createdAt, 0);
  const wait = openedAt === undefined ? 0 : Math.min(Math.max(openedAt - createdAt, 0), span);
  const seen: HarTimings = {
    blocked: openedAt === undefined ? span : -1,
    dns: -1,
    ssl: -1,
    connect: -1,
    send: 0,
    wait,
    receive: openedAt === undefined ? 0 : span - wait,
    _blocked_queueing: -1,
  };
  const logged = handshake?.timings;
  if (logged === undefined) return seen;
  const timings = { ...seen, blocked: -1, wait: 0, ...logged };
  const spent = timeOf({ ...timings, receive: 0 });
  return { ...timings, receive: logged.receive ?? Math.max(span - spent, 0) };
}

/** HAR 1.2: the sum of all that apply; `ssl` is within `connect`. */
export function timeOf({ blocked, dns, connect, send, wait, receive }: HarTimings): Milliseconds {
  return [blocked, dns, connect, send, wait, receive].reduce(
    (sum, phase) => sum + Math.max(phase, 0),
    0,
  );
}
