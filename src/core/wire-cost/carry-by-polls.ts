import type { Connection } from '../channel.ts';
import { headerOf } from '../http/content-type.ts';
import { pollRhythm } from '../http/poll-rhythm.ts';
import { median } from '../story/beats.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import { bookHead, bookPost, type Carrying, dataFrames, squeezed } from './carry.ts';
import { endFraming, pieceFraming } from './http-framing.ts';
import { type PollPlan, planLongPolls, planPolls } from './poll-plan.ts';
import { type Carried, textLength, type Traffic } from './traffic.ts';
import type { CarryOptions } from './wire-cost.ts';

/** How often a page asks that nobody has seen asking. */
export const USUAL_INTERVAL: Milliseconds = 2_000;
/** A round trip where nothing tells of one. */
export const USUAL_ROUND_TRIP: Milliseconds = 50;

export type PollCarrier = 'polling' | 'long-polling';

export function carryByPolls(carrying: Carrying, kind: PollCarrier): void {
  if (carrying.traffic.carrier === kind) bookRealPolls(carrying);
  else bookPlannedPolls(carrying, kind);
}

/** Each request as it was. */
function bookRealPolls(carrying: Carrying): void {
  const { traffic, heads, ledger, http } = carrying;
  const connections = new Map<number, Connection>();
  for (const connection of traffic.channel.connections) {
    connections.set(connection.id, connection);
    const isAnswered = connection.openedAt !== undefined || connection.status !== undefined;
    bookHead(carrying, heads.of(connection, 'poll'), isAnswered);
  }
  for (const message of traffic.all()) {
    const { connection, direction, count } = message;
    const bytes = direction === 'sent' ? message.bytes : squeezed(carrying, message, message.bytes);
    ledger.add('payload', direction, bytes * count);
    const known = connections.get(connection);
    const isChunked = direction === 'received' && known !== undefined && !hasLength(known);
    const framing = isChunked
      ? pieceFraming(Math.round(bytes), http) + endFraming(http)
      : dataFrames(Math.round(bytes), http);
    ledger.add('framing', direction, framing * count);
  }
}

function hasLength({ handshake, responseHeaders }: Connection): boolean {
  const told = handshake?.responseHeaders ?? responseHeaders;
  return told === undefined || headerOf(told, 'content-length') !== undefined || !isChunked(told);
}

const isChunked = (told: NonNullable<Connection['responseHeaders']>): boolean =>
  headerOf(told, 'transfer-encoding')?.toLowerCase().includes('chunked') === true;

/** All that came since the last answer as one JSON list, `[]` where nothing did; what the page sends by requests of its own. */
function bookPlannedPolls(carrying: Carrying, kind: PollCarrier): void {
  const { traffic, heads, ledger, http, options } = carrying;
  const times: Milliseconds[] = [];
  let [messages, elements, quotes] = [0, 0, 0];
  for (const message of traffic.all()) {
    const { count, row, at, direction, rowClass } = message;
    if (rowClass === 'heartbeat') continue;
    if (direction === 'sent') {
      bookPost(carrying, message);
      continue;
    }
    if (row >= 0) times.push(at);
    messages += count;
    const { payload, around } = asElement(message);
    elements += payload * count;
    quotes += around * count;
  }
  const { requests, batches } = planFor(traffic, times, kind, options);
  for (let nth = 0; nth < requests; nth += 1) bookHead(carrying, heads.like('poll'));
  // n elements take n - 1 commas and two brackets.
  const empty = requests - batches.length;
  const around = quotes + messages + batches.length;
  const bodies = carrying.compressed?.lengthOf(-1, 'received', elements + around);
  ledger.add('payload', 'received', bodies ?? elements);
  ledger.add('framing', 'received', (bodies === undefined ? around : 0) + EMPTY_LIST * empty);
  const each = batches.length === 0 ? 0 : (bodies ?? elements + around) / batches.length;
  ledger.add('framing', 'received', batches.length * dataFrames(Math.ceil(each), http));
  ledger.add('framing', 'received', empty * dataFrames(EMPTY_LIST, http));
}

const EMPTY_LIST = '[]'.length;

/** As an element of a JSON list: JSON as it stands, other text and base64 in quotes with its line ends escaped. */
function asElement(message: Carried): { payload: Bytes; around: Bytes } {
  const { isJson, lines, isBinary } = message;
  const payload = textLength(message);
  if (isJson && !isBinary) return { payload, around: 0 };
  return { payload, around: 2 + lines - 1 };
}

/** @param times when messages were there */
export function planFor(
  { channel, stretches, session }: Traffic,
  times: readonly Milliseconds[],
  kind: PollCarrier,
  options: CarryOptions,
): PollPlan {
  const ascending = times.toSorted((a, b) => a - b);
  if (kind === 'long-polling') {
    return planLongPolls(
      ascending,
      stretches,
      options.roundTrip ?? usualRoundTrip(channel.connections),
    );
  }
  const interval = options.interval ?? pollRhythm(channel, session.lastAt)?.every ?? USUAL_INTERVAL;
  return planPolls(ascending, stretches, Math.max(1, interval));
}

/** From the request to the first byte of its answer, where the log tells; else what the channel took to open. */
export function usualRoundTrip(connections: readonly Connection[]): Milliseconds {
  const waits = connections.flatMap(({ handshake }) => handshake?.timings?.wait ?? []);
  if (waits.length > 0) return median(waits);
  const opens = connections.flatMap(({ createdAt, openedAt }) =>
    openedAt === undefined ? [] : [openedAt - createdAt],
  );
  return opens.length > 0 ? median(opens) : USUAL_ROUND_TRIP;
}
