import { downAt } from '../links/judge-link.ts';
import { formatCountOf, formatSpan } from '../format.ts';
import type { Milliseconds } from '../units.ts';
import { type BeatTrack, median } from './beats.ts';
import type { Heard } from './heard.ts';
import type { Heartbeat, Silence } from './heartbeat-types.ts';

/** Of a long chain the latest connections tell how it beats. */
const MOST_CONNECTIONS = 32;
/** An equal message is a heartbeat when it came so often … */
const LEAST_EQUAL = 5;
/** … and so evenly: the share by which most intervals differ from their median. */
const EVEN = 0.2;
/** Faster than this nobody beats; it is data that happens to be the same. */
const SHORTEST_EQUAL: Milliseconds = 100;
/** An interval so many times the usual one means that a beat is missing. */
const MISSING = 1.75;

interface Merged {
  tracks: { track: BeatTrack; heard: Heard }[];
}

/** The heartbeats of a channel, from what was heard on its connections. @param now where open connections have come to */
export function learnHeartbeats(all: readonly Heard[], now: Milliseconds): Heartbeat[] {
  const byKey = new Map<string, Merged>();
  const add = (key: string, track: BeatTrack, heard: Heard): void => {
    const merged = byKey.get(key) ?? { tracks: [] };
    merged.tracks.push({ track, heard });
    byKey.set(key, merged);
  };
  for (const heard of all.slice(-MOST_CONNECTIONS)) {
    for (const [key, track] of heard.beats) add(key, track, heard);
    for (const [key, track] of heard.equals) {
      if (isEven(track)) add(key, track, heard);
    }
  }
  return [...byKey.values()]
    .map((merged) => toHeartbeat(merged, now))
    .filter((beat) => beat !== undefined)
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

/** Whether an equal message comes as a clock would send it. */
export function isEven({ count, intervals }: BeatTrack): boolean {
  if (count < LEAST_EQUAL) return false;
  const usual = median(intervals);
  if (usual < SHORTEST_EQUAL) return false;
  return median(intervals.map((interval) => Math.abs(interval - usual))) <= EVEN * usual;
}

function toHeartbeat({ tracks }: Merged, now: Milliseconds): Heartbeat | undefined {
  const [first] = tracks;
  const intervals = tracks.flatMap(({ track }) => track.intervals);
  if (first === undefined || intervals.length === 0) return undefined;
  const { kind, direction, example } = first.track;
  const interval = median(intervals);
  const roundTrips = tracks.flatMap(({ track }) => track.roundTrips);
  const count = sum(tracks, ({ track }) => track.count);
  const answers = sum(tracks, ({ track }) => track.answers);
  const isAnswered = answers > 0;
  return {
    kind,
    side: direction === 'sent' ? 'page' : 'server',
    direction,
    interval,
    jitter: median(intervals.map((each) => Math.abs(each - interval))),
    count,
    isAnswered,
    ...(isAnswered && { roundTrip: median(roundTrips) }),
    missed: sum(tracks, (each) => missedOn(each, interval, isAnswered, now)),
    example,
    evidence: [
      `${formatCountOf(count, 'beat')}, one every ${formatSpan(interval)}`,
      ...(isAnswered
        ? [`${formatCountOf(answers, 'answer')} after ${formatSpan(median(roundTrips))}`]
        : []),
      ...(kind === 'equal message' ? ['always the same text, at an even interval'] : []),
    ],
  };
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0);
}

/** Beats that should have come, between others and before the end, and beats of the page that nobody answered. */
function missedOn(
  { track, heard }: { track: BeatTrack; heard: Heard },
  interval: Milliseconds,
  isAnswered: boolean,
  now: Milliseconds,
): number {
  const { connection } = heard;
  const end = downAt(connection) ?? connection.endedAt ?? now;
  const gaps = [...track.intervals, end - track.lastAt];
  const between = sum(gaps, (gap) =>
    gap > MISSING * interval ? Math.round(gap / interval) - 1 : 0,
  );
  const isDue = track.waitsSince !== undefined && end - track.waitsSince > interval / 2;
  const unanswered = isAnswered && track.direction === 'sent' && isDue ? 1 : 0;
  return between + unanswered;
}

/** Usual idle timeouts of proxies. */
const PROXY_TIMEOUTS: readonly Milliseconds[] = [30_000, 60_000, 100_000];

/** The longest time in which an open connection carried nothing. */
export function longestSilence(all: readonly Heard[], now: Milliseconds): Silence | undefined {
  let found: Silence | undefined;
  for (const heard of all) {
    const { connection, silence, lastAt } = heard;
    if (connection.openedAt === undefined) continue;
    const since = lastAt ?? connection.openedAt;
    const end = downAt(connection) ?? connection.endedAt ?? now;
    const last = { longest: end - since, at: since };
    const longer = last.longest > silence.longest ? last : silence;
    if (found !== undefined && longer.longest <= found.longest) continue;
    found = {
      ...longer,
      connection: connection.id,
      exceeds: PROXY_TIMEOUTS.filter((timeout) => longer.longest > timeout),
    };
  }
  return found;
}
