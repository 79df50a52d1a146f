import type { ChannelReport } from '../../src/core/report.ts';

/** What the report tells of a channel's reconnects; everything is absent where it tells nothing. */
export interface Told {
  policy?: string;
  baseMs?: number;
  factor?: number;
  stepMs?: number;
  capMs?: number;
  jitter?: string;
  givesUpAfter?: number;
  outages?: ToldOutage[];
  /** `null`: it looked and found none. */
  heartbeat?: { side: string; intervalMs: number; isAnswered: boolean } | null;
}

export interface ToldOutage {
  start: number;
  end?: number;
  downtimeMs: number;
  resume: { verdict: string; lost?: number; repeated?: number };
}

/** The part of a channel's report that the corpus knows the truth of. */
export function readTold(channel: ChannelReport | undefined): Told {
  const { reconnect, heartbeat } = (channel ?? {}) as {
    reconnect?: Told;
    heartbeat?: Told['heartbeat'];
  };
  return { ...reconnect, ...(heartbeat !== undefined && { heartbeat }) };
}
