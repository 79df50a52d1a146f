import type { Connection } from '../channel.ts';
import { downAt } from '../links/judge-link.ts';
import type { Frame } from '../session.ts';
import { stretchAt } from '../stretch.ts';
import type { Milliseconds } from '../units.ts';
import { describeFailure } from './cause.ts';
import { isBack, type OutageSpan } from './outage-fold.ts';
import type { Attempt } from './outage-types.ts';

/** When the document of a connection was hidden, and offline. */
export type FrameTimes = Pick<Frame, 'hidden' | 'offline'>;

/** The tries of an outage with their delays. */
export function attemptsOf({ lost, tries }: OutageSpan, frame?: FrameTimes): Attempt[] {
  let before = lost;
  return tries.map((connection, index) => {
    const delay = Math.max(0, beganAt(connection) - (downAt(before) ?? before.createdAt));
    before = connection;
    const { createdAt, openedAt, endedAt } = connection;
    return {
      connection: connection.id,
      number: index + 1,
      createdAt,
      delay,
      ...(endedAt !== undefined && { endedAt }),
      ...(isBack(connection) && openedAt !== undefined && { openedAt }),
      ...(!isBack(connection) && endedAt !== undefined && { failure: describeFailure(connection) }),
      ...(frame && stretchAt(frame.hidden, createdAt) && { isHidden: true }),
      ...(frame && stretchAt(frame.offline, createdAt) && { isOffline: true }),
    };
  });
}

/**
 * When a try began. An EventSource object that reconnects by itself begins its next life at once and asks the server
 * after its reconnection time: DevTools' log knows when; else the first thing that is known to have happened.
 */
export function beganAt(connection: Connection): Milliseconds {
  const { createdAt, transport, link, handshake, openedAt, endedAt } = connection;
  if (transport !== 'eventsource' || link?.basis !== 'observed') return createdAt;
  const asked = handshake?.at;
  const known = openedAt ?? endedAt ?? createdAt;
  return asked !== undefined && asked >= createdAt && asked <= known ? asked : known;
}
