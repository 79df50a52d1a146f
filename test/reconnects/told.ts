import type {
  HeartbeatReport,
  OutageReport,
  ReconnectReport,
} from '../../src/core/report-story.ts';
import type { ChannelReport } from '../../src/core/report.ts';

/** What the report tells of a channel's reconnects; everything is absent where it tells nothing. */
export type Told = Partial<ReconnectReport> & { heartbeat?: HeartbeatReport | null };
export type ToldOutage = OutageReport;

/** The part of a channel's report that the corpus knows the truth of. */
export function readTold(channel: ChannelReport | undefined): Told {
  const { reconnect, heartbeat } = channel ?? {};
  return { ...reconnect, ...(heartbeat !== undefined && { heartbeat }) };
}
