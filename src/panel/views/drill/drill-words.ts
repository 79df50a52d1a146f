import type { Channel } from '../../../core/channel.ts';
import { drillsOf } from '../../../core/drill/drills-of.ts';
import type { Session } from '../../../core/session.ts';

/** What a row says of a channel that active mode touches, or touched. */
export function drillWord(
  channel: Channel,
  session: Session | undefined,
): { text: string; title: string } | undefined {
  if (session === undefined || session.drills.length === 0) return undefined;
  const last = drillsOf(session, channel).at(-1);
  if (last === undefined) return undefined;
  return last.endedAt === undefined
    ? {
        text: '⚠ drill',
        title: 'Active mode is on: what this channel goes through is made by Wirescope',
      }
    : { text: 'drilled', title: 'Active mode was on here: see the tab “Drill”' };
}
