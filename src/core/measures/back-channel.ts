import type { Channel } from '../channel.ts';
import { isStream, originOf } from '../http/note-request.ts';
import { lowerBound } from '../lower-bound.ts';
import type { Session } from '../session.ts';
import { median } from '../story/beats.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { BackChannel } from './measures.ts';
import type { ClassOfRow } from './row-class.ts';
import type { Talk } from './talk.ts';

/** An answer comes soon: within a second, or a quarter of the time in which the stream speaks anyway. */
const LONGEST: Milliseconds = 1_000;
const SHORTEST: Milliseconds = 50;
const SHARE_OF_GAP = 0.25;
const MOST_SHOWN = 10;

interface WayBack {
  readonly at: Milliseconds;
  readonly bytes: Bytes;
  readonly connection: number | undefined;
}

/** Requests that change something, beside streams of the same document and host; `undefined` where there is no stream. */
export function findBackChannel(
  session: Session,
  channels: readonly Channel[],
  talks: readonly Talk[],
  classOf: ClassOfRow,
): BackChannel | undefined {
  const streams = channels.filter(isStream);
  if (streams.length === 0) return undefined;
  const events = talks
    .filter(({ channel }) => isStream(channel))
    .flatMap(({ rows }) => rows)
    .filter((row) => !session.messages.isSent(row) && classOf(row) === 'app')
    .map((row) => ({ row, at: session.messages.at(row) }))
    .sort((a, b) => a.at - b.at);
  const requests = [...waysBack(session, streams)].sort((a, b) => a.at - b.at);
  const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? at));
  const usual = gaps.length === 0 ? LONGEST : median(gaps);
  const within = Math.min(LONGEST, Math.max(SHORTEST, SHARE_OF_GAP * usual));
  const rows = new Set<number>();
  let answered = 0;
  for (const { at } of requests) {
    const event = events[lowerBound(events.length, (index) => (events[index]?.at ?? 0) < at)];
    if (event === undefined || event.at - at > within) continue;
    answered += 1;
    rows.add(event.row);
  }
  return {
    requests: requests.length,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
    answered,
    shareOfEvents: events.length === 0 ? 0 : rows.size / events.length,
    within,
    connections: requests.flatMap(({ connection }) => connection ?? []).slice(0, MOST_SHOWN),
    rows: [...rows].slice(0, MOST_SHOWN),
  };
}

/** Those that are part of no channel, and polling by POST. */
function* waysBack(session: Session, streams: readonly Channel[]): Generator<WayBack, void> {
  const places = new Set(streams.map(({ frame, endpoint }) => `${frame} ${originOf(endpoint)}`));
  const known = new Set<string>();
  for (const connection of session.connections.values()) {
    const { id, frame, url, method = 'GET', createdAt, tally } = connection;
    const isElsewhere = !places.has(`${frame} ${originOf(url)}`);
    if (isElsewhere || isStream(connection) || method.toUpperCase() === 'GET') continue;
    known.add(`${frame} ${createdAt}`);
    yield { at: createdAt, bytes: tally.sent.bytes, connection: id };
  }
  for (const frame of new Set(streams.map((channel) => channel.frame))) {
    for (const { at, origin, byteLength } of session.frames.get(frame)?.noted ?? []) {
      // It was noted at its end, and turned out to be polling later.
      if (!places.has(`${frame} ${origin}`) || known.has(`${frame} ${at}`)) continue;
      yield { at, bytes: byteLength, connection: undefined };
    }
  }
}
