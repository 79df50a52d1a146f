import type { Channel } from '../../core/channel.ts';
import { describeEnd } from '../../core/story/cause.ts';
import type { MessageFact } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import { createStory } from '../../core/story/story.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { ExportContext } from '../export-context.ts';
import { toIsoTime } from '../iso-time.ts';
import { inPieces } from '../pieces.ts';
import type { CounterEvent, TraceEvent } from './trace-event.ts';

/**
 * A session for Perfetto's UI and trace processor, in Chrome's JSON: a document is a process, a channel a thread. Connections
 * and outages are slices that may overlap, messages short slices on their channel's track, requests and answers flows, and
 * what comes and goes each second a counter.
 */
export function writePerfetto(session: Session, context: ExportContext): Generator<string, void> {
  return inPieces(textsOf(session, context));
}

function* textsOf(session: Session, context: ExportContext): Generator<string, void> {
  const { header } = session;
  const about = {
    url: header.url,
    startedAt: toIsoTime(header.startedAt),
    writer: `Wirescope ${context.toolVersion}`,
  };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[`;
  let separator = '\n';
  for (const event of eventsOf(session, context)) {
    yield separator + JSON.stringify(event);
    separator = ',\n';
  }
  yield '\n]}\n';
}

function* eventsOf(session: Session, context: ExportContext): Generator<TraceEvent, void> {
  for (const { id, url } of session.frames.values()) {
    yield { ph: 'M', name: 'process_name', pid: id, args: { name: url } };
  }
  const story = createStory(session);
  story.update();
  for (const channel of session.channels) {
    const { id, frame, transport, endpoint } = channel;
    const track = { pid: frame, tid: id };
    yield { ph: 'M', name: 'thread_name', ...track, args: { name: `${transport} ${endpoint}` } };
    yield { ph: 'M', name: 'thread_sort_index', ...track, args: { sort_index: id } };
    yield* connectionEvents(session, channel);
    for (const [index, { start, end, cause }] of (story.of(id)?.outages ?? []).entries()) {
      const outage = { cat: 'outage', name: 'outage', id: `c${id}o${index}`, ...track };
      yield { ph: 'b', ...outage, ts: micro(start), args: { cause } };
      yield { ph: 'e', ...outage, ts: micro(end ?? session.lastAt) };
    }
    yield* messageEvents(session, channel);
    yield* flowEvents(session, channel, context);
  }
}

const micro = (at: Milliseconds): number => Math.round(at * 1000);

function* connectionEvents(
  session: Session,
  { id: tid, frame: pid, connections }: Channel,
): Generator<TraceEvent, void> {
  for (const connection of connections) {
    const { id, url, transport, createdAt, openedAt, endedAt, closeCode, status } = connection;
    const slice = { cat: 'connection', name: transport, id: `k${id}`, pid, tid };
    const args = {
      url,
      ...(openedAt !== undefined && { connecting_ms: openedAt - createdAt }),
      ...(status !== undefined && { status }),
      ...(closeCode !== undefined && { close_code: closeCode }),
      ...(endedAt !== undefined && { end: describeEnd(connection) }),
    };
    yield { ph: 'b', ...slice, ts: micro(createdAt), args };
    yield { ph: 'e', ...slice, ts: micro(endedAt ?? session.lastAt) };
  }
}

/** So long is a message: long enough for a slice, too short to lie across the next. */
const SHORTEST_SLICE = 1;
const LONGEST_PREVIEW = 200;
const SECOND: Milliseconds = 1000;

function* messageEvents(
  { messages }: Session,
  { id: tid, frame: pid, rows }: Channel,
): Generator<TraceEvent, void> {
  const perSecond = new Map<number, { sent: number; received: number }>();
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.get(place);
    const message = messages.read(row);
    const { at, direction, byteLength, dataType, eventType } = message;
    const second = Math.floor(at / SECOND);
    const counts = perSecond.get(second) ?? { sent: 0, received: 0 };
    counts[direction] += 1;
    perSecond.set(second, counts);
    yield {
      ph: 'X',
      cat: 'message',
      name: eventType ?? direction,
      pid,
      tid,
      ts: micro(at),
      dur: SHORTEST_SLICE,
      args: {
        message: row,
        direction,
        bytes: byteLength,
        data_type: dataType,
        ...previewOf(message),
      },
    };
  }
  yield* counterEvents(pid, tid, perSecond);
}

function previewOf({ payload }: MessageFact): { preview?: string } {
  return typeof payload === 'string' ? { preview: payload.slice(0, LONGEST_PREVIEW) } : {};
}

/** A counter keeps its value until the next one: a second without messages has to say so. */
function* counterEvents(
  pid: number,
  tid: number,
  perSecond: ReadonlyMap<number, Readonly<Record<'sent' | 'received', number>>>,
): Generator<CounterEvent, void> {
  const name = `messages per second, channel ${tid}`;
  for (const second of [...perSecond.keys()].sort((a, b) => a - b)) {
    const args = perSecond.get(second) ?? { sent: 0, received: 0 };
    yield { ph: 'C', name, pid, tid, ts: micro(second * SECOND), args };
    if (perSecond.has(second + 1)) continue;
    const none = { sent: 0, received: 0 };
    yield { ph: 'C', name, pid, tid, ts: micro((second + 1) * SECOND), args: none };
  }
}

function* flowEvents(
  { messages }: Session,
  { id: tid, frame: pid }: Channel,
  { pairsOf }: ExportContext,
): Generator<TraceEvent, void> {
  for (const { askRow, answerRow, kind } of pairsOf?.(tid) ?? []) {
    if (answerRow === undefined) continue;
    const flow = { cat: 'pair', name: kind, id: askRow, pid, tid };
    yield { ph: 's', ...flow, ts: micro(messages.at(askRow)) };
    yield { ph: 'f', bp: 'e', ...flow, ts: micro(messages.at(answerRow)) };
  }
}
