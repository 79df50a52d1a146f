import type { Heartbeat, Silence } from './story/heartbeat-types.ts';
import type { Attempt, Availability, Outage, Resume } from './story/outage-types.ts';
import type { ReconnectPolicy } from './story/policy-types.ts';
import type { ChannelStory } from './story/story-types.ts';
import type { Milliseconds } from './units.ts';

/** How a channel was lost and came back. */
export interface ReconnectReport {
  policy: ReconnectPolicy['kind'];
  by: ReconnectPolicy['by'];
  baseMs?: Milliseconds;
  factor?: number;
  stepMs?: Milliseconds;
  capMs?: Milliseconds;
  /** Where the delays follow a list. */
  stepsMs?: Milliseconds[];
  /** Tries at once, before the formula begins. */
  immediateTries: number;
  jitter: ReconnectPolicy['jitter'];
  jitterShare?: number;
  /** The most tries in one outage. */
  attempts: number;
  givesUpAfter?: number;
  /** EventSource: the `retry:` of the server. */
  retryMs?: Milliseconds;
  delaysMs: Milliseconds[];
  summary: string;
  evidence: string[];
  /** Open time by the time in which the page wanted it. */
  availability?: number;
  outages: OutageReport[];
}

export interface OutageReport extends Pick<Outage, 'start' | 'endedBy' | 'cause'> {
  /** The connection that was lost. */
  connection: string;
  end?: Milliseconds;
  downtimeMs: Milliseconds;
  isGivenUp: boolean;
  isIntended: boolean;
  closeCode?: number;
  silenceMs?: Milliseconds;
  attempts: AttemptReport[];
  firstMessageAfterMs?: Milliseconds;
  sentAfter: number;
  resume: Resume;
}

export interface AttemptReport extends Pick<Attempt, 'failure' | 'isHidden' | 'isOffline'> {
  connection: string;
  delayMs: Milliseconds;
  openedAt?: Milliseconds;
}

export interface HeartbeatReport {
  side: Heartbeat['side'];
  intervalMs: Milliseconds;
  jitterMs: Milliseconds;
  kind: string;
  count: number;
  isAnswered: boolean;
  roundTripMs?: Milliseconds;
  missed: number;
  example: string;
}

/** What the story of a channel says, as the report has it. */
export interface StoryReport {
  reconnect: ReconnectReport;
  /** The most frequent; `null` where none was found. */
  heartbeat: HeartbeatReport | null;
  /** All of them, where there are several. */
  heartbeats?: HeartbeatReport[];
  silence?: { longestMs: Milliseconds; at: Milliseconds; exceedsMs: Milliseconds[] };
}

export function reportStory(story: ChannelStory): StoryReport {
  const { outages, policy, availability, silence } = story;
  const heartbeats = story.heartbeats.map(reportHeartbeat);
  return {
    reconnect: reportReconnect(policy, outages, availability),
    heartbeat: heartbeats[0] ?? null,
    ...(heartbeats.length > 1 && { heartbeats }),
    ...(silence !== undefined && { silence: reportSilence(silence) }),
  };
}

function reportReconnect(
  policy: ReconnectPolicy,
  outages: readonly Outage[],
  { share }: Availability,
): ReconnectReport {
  const { kind, by, base, factor, step, cap, steps, jitterShare, givesUpAfter } = policy;
  const { reconnectionTime, immediateTries, jitter, attempts, summary, evidence } = policy;
  return {
    policy: kind,
    by,
    ...(base !== undefined && { baseMs: base }),
    ...(factor !== undefined && { factor }),
    ...(step !== undefined && { stepMs: step }),
    ...(cap !== undefined && { capMs: cap }),
    ...(steps !== undefined && { stepsMs: steps }),
    immediateTries,
    jitter,
    ...(jitterShare !== undefined && { jitterShare }),
    attempts,
    ...(givesUpAfter !== undefined && { givesUpAfter }),
    ...(reconnectionTime !== undefined && { retryMs: reconnectionTime }),
    delaysMs: policy.delays.map(({ delay }) => delay),
    summary,
    evidence: [...evidence],
    ...(share !== undefined && { availability: share }),
    outages: outages.map(reportOutage),
  };
}

function reportOutage(outage: Outage): OutageReport {
  const { connection, start, end, downtime, isGivenUp, isIntended, endedBy, closeCode } = outage;
  const { cause, silence, attempts, firstMessageAfter, sentAfter, resume } = outage;
  return {
    connection: `k${connection}`,
    start,
    ...(end !== undefined && { end }),
    downtimeMs: downtime,
    isGivenUp,
    isIntended,
    endedBy,
    ...(closeCode !== undefined && { closeCode }),
    cause,
    ...(silence !== undefined && { silenceMs: silence }),
    attempts: attempts.map(({ connection: id, delay, openedAt, failure, isHidden, isOffline }) => ({
      connection: `k${id}`,
      delayMs: delay,
      ...(openedAt !== undefined && { openedAt }),
      ...(failure !== undefined && { failure }),
      ...(isHidden && { isHidden }),
      ...(isOffline && { isOffline }),
    })),
    ...(firstMessageAfter !== undefined && { firstMessageAfterMs: firstMessageAfter }),
    sentAfter,
    resume,
  };
}

function reportHeartbeat(beat: Heartbeat): HeartbeatReport {
  const { side, interval, jitter, kind, count, isAnswered, roundTrip, missed, example } = beat;
  return {
    side,
    intervalMs: interval,
    jitterMs: jitter,
    kind,
    count,
    isAnswered,
    ...(roundTrip !== undefined && { roundTripMs: roundTrip }),
    missed,
    example,
  };
}

function reportSilence({ longest, at, exceeds }: Silence) {
  return { longestMs: longest, at, exceedsMs: [...exceeds] };
}
