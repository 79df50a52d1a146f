import { connectionFacts } from '../core/connection-facts.ts';
import type { Direction, Fact, Payload } from '../core/facts.ts';
import type { HeldRequest } from '../core/http/held-request.ts';
import { noteRequest } from '../core/http/note-request.ts';
import type { SortedFact } from '../core/http/request.ts';
import { createSorter, type Sorter } from '../core/http/sorter.ts';
import { isDrillFact } from '../core/drill/drill-facts.ts';
import { frameFacts } from '../core/frame-facts.ts';
import { FactError, type Frame, type Session } from '../core/session.ts';
import { addToTally, emptyTally } from '../core/tally.ts';
import type { EpochMilliseconds, Milliseconds } from '../core/units.ts';
import { pageStack } from './page-stack.ts';
import type { Counted, Stream } from './stream.ts';
import type {
  MessagesEvicted,
  PayloadArrived,
  TapConnectionCreated,
  TapFact,
  TapRecord,
} from './tap-record.ts';

type ConnectionFact = Exclude<
  Extract<Fact, { connection: number }>,
  { kind: 'connection-created' }
>;

export interface RecordTakerOptions {
  session: () => Session | undefined;
  /** Wall time from which on somebody watches; facts before it are marked early. */
  since: () => EpochMilliseconds;
  /** A record that no tap of ours could have made. */
  onRejected: () => void;
}

/** Makes facts of the session of what the taps recorded; requests pass the sorter of their document. */
export interface RecordTaker {
  take: (stream: Stream, record: TapRecord) => void;
  takeEvicted: (stream: Stream, totals: MessagesEvicted) => void;
  createSorter: (stream: Stream) => Sorter;
  /**
   * What is alive in the old session begins in the new one as it stands, without its messages.
   * @param before the document's frame in the old session
   */
  carryOver: (old: Session, next: Session, stream: Stream, before: Frame | undefined) => void;
}

export function createRecordTaker(options: RecordTakerOptions): RecordTaker {
  /** @throws {FactError} for what no tap of ours could have recorded */
  function takeFact(
    current: Session,
    stream: Stream,
    n: number,
    fact: Exclude<TapFact, PayloadArrived>,
  ): void {
    const at = timeIn(current, stream, fact.at);
    if (fact.kind === 'page-left') {
      current.ingest({ kind: 'frame-removed', frame: stream.frame, at });
      stream.isRemoved = true;
      return;
    }
    if (fact.kind === 'connections-evicted') {
      current.ingest({ ...fact, kind: 'connections-dropped', frame: stream.frame, at });
      return;
    }
    if (!('connection' in fact)) {
      current.ingest({ ...fact, frame: stream.frame, at });
      return;
    }
    const counted = stream.connections.get(fact.connection);
    if (fact.kind === 'connection-created') {
      if (counted !== undefined) throw new FactError('a connection is created twice');
      create(current, stream, fact);
      return;
    }
    if (counted === undefined) throw new FactError('a connection is not known');
    if (fact.kind === 'message' && fact.discarded !== true) {
      counted.seen[fact.direction].messages += 1;
      counted.seen[fact.direction].bytes += fact.byteLength;
    }
    if (isDrillFact(fact) || fact.kind === 'send-buffer-grew') {
      // Of a request that is no stream as yet there is nothing to tell, and it has no such buffer.
      ingest(current, stream, counted, fact);
      return;
    }
    const ours = fact.kind === 'message' ? { ...fact, payload: asOurs(fact.payload) } : fact;
    if (counted.isRequest) {
      if (fact.kind === 'connection-ended') counted.isOver = true;
      stream.sorter.hear(ours);
      return;
    }
    const row = ingest(current, stream, counted, ours);
    if (row !== undefined && ours.kind === 'message' && ours.payloadState === 'pending') {
      stream.pending.set(n, row);
    }
  }

  function create(current: Session, stream: Stream, fact: TapConnectionCreated): void {
    const { continues, initiator: stack, transport, ...told } = fact;
    const initiator = stack === undefined ? undefined : pageStack(stack);
    const rest = { ...told, ...(initiator !== undefined && { initiator }) };
    const isRequest = transport === 'fetch' || transport === 'xhr';
    const counted: Counted = { id: undefined, seen: emptyTally(), isRequest, isOver: false };
    if (isRequest) {
      stream.connections.set(fact.connection, counted);
      stream.sorter.hear({ ...rest, transport });
    } else {
      const before = continues !== undefined && { continues };
      introduce(current, stream, counted, { ...rest, transport, ...before });
      stream.connections.set(fact.connection, counted);
    }
    const totals = stream.evicted.get(fact.connection);
    stream.evicted.delete(fact.connection);
    if (totals !== undefined) takeEvicted(stream, totals);
  }

  /** The session meets a connection, and numbers it. */
  function introduce(
    current: Session,
    stream: Stream,
    counted: Counted,
    { continues: before = 0, link, ...rest }: SortedFact & { kind: 'connection-created' },
  ): void {
    const continues = stream.connections.get(before)?.id ?? 0;
    const connection = current.nextConnection;
    current.ingest({
      ...rest,
      at: timeIn(current, stream, rest.at),
      frame: stream.frame,
      connection,
      source: 'page',
      // Its predecessor may have been cleared away; then it is the first of its channel.
      ...(continues > 0 && { continues, ...(link !== undefined && { link }) }),
      ...earlyMark(stream, rest.at),
    });
    counted.id = connection;
  }

  function ingest(
    current: Session,
    stream: Stream,
    { id: connection = 0 }: Counted,
    fact: ConnectionFact,
  ): number | undefined {
    if (connection === 0) return undefined;
    const at = timeIn(current, stream, fact.at);
    return current.ingest(
      fact.kind === 'message'
        ? { ...fact, at, connection, ...earlyMark(stream, fact.at) }
        : { ...fact, at, connection },
    );
  }

  function takeSorted(stream: Stream, fact: SortedFact): void {
    const current = options.session();
    const counted = stream.connections.get(fact.connection);
    if (current === undefined || counted === undefined || counted.id === 0) return;
    if (fact.kind === 'connection-created') {
      introduce(current, stream, counted, fact);
      return;
    }
    const isContent =
      fact.kind === 'message' ||
      fact.kind === 'messages-dropped' ||
      fact.kind === 'event-stream-noted';
    // A request that is admitted late brings what it held along; what was cleared stays away.
    if (isContent && stream.hello.timeOrigin + fact.at < stream.clearedAt) return;
    ingest(current, stream, counted, fact);
  }

  function takeNoted(stream: Stream, { created, sentBytes }: HeldRequest): void {
    const current = options.session();
    if (current === undefined || stream.hello.timeOrigin + created.at < stream.clearedAt) return;
    const at = timeIn(current, stream, created.at);
    const fact = noteRequest(current, { ...created, frame: stream.frame, at }, sentBytes);
    if (fact !== undefined) current.ingest(fact);
  }

  function timeIn(current: Session, stream: Stream, at: Milliseconds): Milliseconds {
    return stream.hello.timeOrigin + at - current.header.startedAt;
  }

  function earlyMark(stream: Stream, at: Milliseconds): { early?: true } {
    return stream.hello.timeOrigin + at < options.since() ? { early: true } : {};
  }

  function takePayload(current: Session, stream: Stream, arrived: PayloadArrived): void {
    const row = stream.pending.get(arrived.message);
    if (row === undefined) return;
    stream.pending.delete(arrived.message);
    current.completePayload(row, asOurs(arrived.payload), arrived.payloadState);
  }

  /** What the tap let go and this session has not counted yet was dropped. */
  function takeEvicted(stream: Stream, totals: MessagesEvicted): void {
    const current = options.session();
    const counted = stream.connections.get(totals.connection);
    if (counted === undefined) {
      stream.evicted.set(totals.connection, totals);
      return;
    }
    if (current === undefined || counted.id === 0) return;
    const { seen } = counted;
    const missing = (direction: Direction) => ({
      messages: Math.max(0, totals[direction].messages - seen[direction].messages),
      bytes: Math.max(0, totals[direction].bytes - seen[direction].bytes),
    });
    const [sent, received] = [missing('sent'), missing('received')];
    if (sent.messages + received.messages === 0) return;
    addToTally(seen, { sent, received });
    const { connection, at, where } = totals;
    const dropped = { kind: 'messages-dropped' as const, connection, at, sent, received, where };
    if (counted.isRequest) stream.sorter.hear(dropped);
    else ingest(current, stream, counted, dropped);
  }

  return {
    takeEvicted,
    take: (stream, { n, fact }) => {
      const current = options.session();
      if (current === undefined) return;
      try {
        if (fact.kind === 'payload-arrived') takePayload(current, stream, fact);
        else takeFact(current, stream, n, fact);
      } catch (error) {
        if (!(error instanceof FactError)) throw error;
        options.onRejected();
      }
    },
    createSorter: (stream) =>
      createSorter(
        (fact) => {
          takeSorted(stream, fact);
        },
        undefined,
        (request) => {
          takeNoted(stream, request);
        },
      ),
    carryOver: (old, next, stream, before) => {
      const shift = old.header.startedAt - next.header.startedAt;
      stream.clearedAt = next.header.startedAt;
      stream.pending.clear();
      for (const fact of frameFacts(before, stream.frame)) {
        next.ingest({ ...fact, at: fact.at + shift });
      }
      for (const counted of stream.connections.values()) {
        if (counted.id === undefined) {
          if (counted.isOver) counted.id = 0;
          continue;
        }
        const known = old.connections.get(counted.id);
        if (known === undefined || known.endedAt !== undefined) {
          counted.id = 0;
          continue;
        }
        counted.id = next.nextConnection;
        for (const fact of connectionFacts(known, counted.id, stream.frame)) {
          next.ingest({ ...fact, at: fact.at + shift });
        }
      }
    },
  };
}

/** Bytes from another realm (Firefox), or in a view of another kind, as ours. */
function asOurs(payload: Payload | null): Payload | null {
  if (!ArrayBuffer.isView(payload) || payload instanceof Uint8Array) return payload;
  const { buffer, byteOffset, byteLength } = payload as ArrayBufferView<ArrayBuffer>;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
