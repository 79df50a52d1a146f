import type { Channel } from '../channel.ts';
import type { Session } from '../session.ts';
import type { Drill } from './drill-log.ts';

/** The drills of a channel, oldest first: those that began with one of its connections. */
export function drillsOf(session: Session, channel: Channel): Drill[] {
  return session.drills.filter(({ connection }) => {
    const known = session.connections.get(connection);
    return known !== undefined && session.channelOf(known) === channel;
  });
}
