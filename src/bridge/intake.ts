import { addToTally, emptyTally } from '../core/tally.ts';
import { connectionFacts } from '../core/connection-facts.ts';
import type { Direction, Fact, Payload, SessionHeader } from '../core/facts.ts';
import { FactError, type Session } from '../core/session.ts';
import type { EpochMilliseconds } from '../core/units.ts';
import { type Hello, PROTOCOL, type Records, type TapCommand } from './envelope.ts';
import { helloProtocol, isRelayEnvelope } from './guards.ts';
import { createStream, forget, type Stream } from './stream.ts';
import { pageStack } from './page-stack.ts';
import type { MessagesEvicted, PayloadArrived, TapFact, TapRecord } from './tap-record.ts';

export interface IntakeOptions {
  /** Begins a new recording; its `startedAt` is the time origin of the top document. */
  startSession: (header: Pick<SessionHeader, 'url' | 'startedAt'>) => Session;
  /** Sends a command to the document behind a relay. */
  reply: (relay: number, command: TapCommand) => void;
  /** Whether a navigation goes on with the session instead of starting a new one. */
  isLogPreserved: () => boolean;
  /** The page speaks another version of the protocol: it must be reloaded. */
  onOtherProtocol: (protocol: number) => void;
  /** An envelope or a record that no tap of ours could have sent. */
  onRejected: () => void;
}

/** Turns what the documents of a tab report into facts of a session; numbers, dedupes, acknowledges. */
export interface Intake {
  /** @param since wall time from which on somebody watches; facts before it are marked early */
  watch: (since: EpochMilliseconds) => void;
  hear: (relay: number, envelope: unknown) => void;
  relayLeft: (relay: number) => void;
  /** The hub is gone; documents keep recording and present themselves again. */
  disconnected: () => void;
  /** Documents that have not come back after the hub did went away while nobody could tell. */
  sweep: () => void;
  /** Goes on in a new, empty session that knows only what is alive. */
  restart: (startedAt: EpochMilliseconds) => void;
}

export function createIntake(options: IntakeOptions): Intake {
  let session: Session | undefined;
  let since: EpochMilliseconds = 0;
  /** The time origin of the top document. */
  let pageOrigin: EpochMilliseconds = 0;
  let lastFrame = 0;
  let lastConnection = 0;
  const streams = new Map<string, Stream>();
  const streamOfRelay = new Map<number, Stream>();

  /** Documents of the page that was left are older than the page. */
  function isPartOfPage(stream: Stream): boolean {
    return options.isLogPreserved() || stream.hello.timeOrigin >= pageOrigin;
  }

  function begin(top: Stream): void {
    const { url, timeOrigin: startedAt } = top.hello;
    session = options.startSession({ url, startedAt });
    pageOrigin = startedAt;
    lastFrame = 0;
    lastConnection = 0;
    for (const [id, stream] of streams) {
      // What is gone, or said goodbye, belongs to the page that was left.
      const isOver = stream.relay === undefined || stream.isRemoved;
      if (isOver && stream !== top) streams.delete(id);
      forget(stream);
    }
    admit(session, top);
    for (const stream of streams.values()) if (stream !== top) admit(session, stream);
  }

  /** The document joins the session, or goes on in it: it sends what the session does not have. */
  function admit(current: Session, stream: Stream): void {
    if (stream.relay === undefined || !isPartOfPage(stream)) return;
    if (stream.frame === 0) addFrame(current, stream);
    stream.isRemoved = false;
    options.reply(stream.relay, { kind: 'start', after: stream.through });
  }

  function addFrame(current: Session, stream: Stream): void {
    stream.frame = lastFrame += 1;
    current.ingest({
      kind: 'frame-added',
      frame: stream.frame,
      at: stream.hello.timeOrigin - current.header.startedAt,
      url: stream.hello.url,
      frameKind: stream.hello.isTop ? 'top' : 'iframe',
    });
  }

  function remove(current: Session, stream: Stream): void {
    if (stream.frame === 0 || stream.isRemoved) return;
    stream.isRemoved = true;
    current.ingest({ kind: 'frame-removed', frame: stream.frame, at: current.lastAt });
  }

  function greet(relay: number, hello: Hello): void {
    const known = streams.get(hello.stream);
    const stream = known ?? createStream(hello);
    stream.relay = relay;
    streams.set(hello.stream, stream);
    streamOfRelay.set(relay, stream);
    // One that was given up after the hub was lost, and is back, never went away.
    const isNavigation =
      hello.isTop && (known === undefined || (known.isRemoved && hello.restored));
    if (isNavigation && (session === undefined || !options.isLogPreserved())) begin(stream);
    else if (session !== undefined) admit(session, stream);
  }

  function take(stream: Stream, batch: Records): void {
    if (session === undefined || stream.frame === 0) return;
    // Sent before the document heard where this session wants it to start; it comes again from there.
    if (batch.after > stream.through) return;
    for (const totals of batch.evicted) takeEvicted(session, stream, totals);
    for (const record of batch.records) {
      if (record.n <= stream.through) continue;
      stream.through = record.n;
      takeRecord(session, stream, record);
    }
    if (stream.relay !== undefined) {
      options.reply(stream.relay, { kind: 'acknowledge', through: stream.through });
    }
  }

  function takeRecord(current: Session, stream: Stream, { n, fact }: TapRecord): void {
    try {
      if (fact.kind === 'payload-arrived') takePayload(current, stream, fact);
      else takeFact(current, stream, n, fact);
    } catch (error) {
      if (!(error instanceof FactError)) throw error;
      options.onRejected();
    }
  }

  function takePayload(current: Session, stream: Stream, arrived: PayloadArrived): void {
    const row = stream.pending.get(arrived.message);
    if (row === undefined) return;
    stream.pending.delete(arrived.message);
    current.completePayload(row, asOurs(arrived.payload), arrived.payloadState);
  }

  function takeFact(
    current: Session,
    stream: Stream,
    n: number,
    fact: Exclude<TapFact, PayloadArrived>,
  ): void {
    const ours = toSessionFact(current, stream, fact);
    if (ours === undefined) return;
    const row = current.ingest(ours);
    if (row !== undefined && ours.kind === 'message' && ours.payloadState === 'pending') {
      stream.pending.set(n, row);
    }
    if (fact.kind === 'connection-created') meet(current, stream, fact.connection);
    if (fact.kind === 'page-left') stream.isRemoved = true;
  }

  /** The session knows a new connection, and can take what was dropped of it. */
  function meet(current: Session, stream: Stream, connection: number): void {
    lastConnection += 1;
    stream.connections.set(connection, { id: lastConnection, seen: emptyTally() });
    const totals = stream.evicted.get(connection);
    stream.evicted.delete(connection);
    if (totals !== undefined) takeEvicted(current, stream, totals);
  }

  /**
   * @returns `undefined` for what is none of this session's business
   * @throws {FactError} for what no tap of ours could have recorded
   */
  function toSessionFact(
    current: Session,
    stream: Stream,
    fact: Exclude<TapFact, PayloadArrived>,
  ): Fact | undefined {
    const wallTime = stream.hello.timeOrigin + fact.at;
    const at = wallTime - current.header.startedAt;
    const { frame } = stream;
    const early = wallTime < since && { early: true as const };
    if (fact.kind === 'page-left') return { kind: 'frame-removed', frame, at };
    if (fact.kind === 'tap-failed') return { ...fact, frame, at };
    const counted = stream.connections.get(fact.connection);
    if (fact.kind === 'connection-created') {
      if (counted !== undefined) throw new FactError('a connection is created twice');
      const { continues: before = 0, initiator: stack, ...rest } = fact;
      const initiator = stack === undefined ? undefined : pageStack(stack);
      const continues = stream.connections.get(before)?.id ?? 0;
      return {
        ...rest,
        at,
        frame,
        connection: lastConnection + 1,
        source: 'page',
        ...(initiator !== undefined && { initiator }),
        ...(continues > 0 && { continues }),
        ...early,
      };
    }
    if (counted === undefined) throw new FactError('a connection is not known');
    const { id: connection, seen } = counted;
    if (connection === 0) return undefined;
    if (fact.kind !== 'message') return { ...fact, at, connection };
    if (fact.discarded !== true) {
      seen[fact.direction].messages += 1;
      seen[fact.direction].bytes += fact.byteLength;
    }
    return { ...fact, at, connection, payload: asOurs(fact.payload), ...early };
  }

  /** What the tap let go and this session has not counted yet was dropped. */
  function takeEvicted(current: Session, stream: Stream, totals: MessagesEvicted): void {
    const counted = stream.connections.get(totals.connection);
    if (counted === undefined) {
      stream.evicted.set(totals.connection, totals);
      return;
    }
    const { id, seen } = counted;
    if (id === 0) return;
    const missing = (direction: Direction) => ({
      messages: Math.max(0, totals[direction].messages - seen[direction].messages),
      bytes: Math.max(0, totals[direction].bytes - seen[direction].bytes),
    });
    const [sent, received] = [missing('sent'), missing('received')];
    if (sent.messages + received.messages === 0) return;
    addToTally(seen, { sent, received });
    const at = stream.hello.timeOrigin + totals.at - current.header.startedAt;
    const { where } = totals;
    current.ingest({ kind: 'messages-dropped', connection: id, at, sent, received, where });
  }

  return {
    watch: (from) => {
      since = from;
    },
    hear: (relay, envelope) => {
      const protocol = helloProtocol(envelope);
      if (protocol !== undefined && protocol !== PROTOCOL) {
        options.onOtherProtocol(protocol);
      } else if (!isRelayEnvelope(envelope)) {
        options.onRejected();
      } else if (envelope.kind === 'hello') {
        greet(relay, envelope);
      } else {
        const stream = streamOfRelay.get(relay);
        if (stream !== undefined) take(stream, envelope);
      }
    },
    relayLeft: (relay) => {
      const stream = streamOfRelay.get(relay);
      streamOfRelay.delete(relay);
      if (stream?.relay !== relay) return;
      stream.relay = undefined;
      if (session !== undefined) remove(session, stream);
    },
    disconnected: () => {
      streamOfRelay.clear();
      for (const stream of streams.values()) stream.relay = undefined;
    },
    sweep: () => {
      if (session === undefined) return;
      for (const stream of streams.values()) {
        if (stream.relay === undefined) remove(session, stream);
      }
    },
    restart: (startedAt) => {
      if (session === undefined) return;
      const old = session;
      session = options.startSession({ url: old.header.url, startedAt });
      lastFrame = 0;
      lastConnection = 0;
      for (const [id, stream] of streams) {
        if (stream.frame !== 0 && !stream.isRemoved) {
          carryOver(old, session, stream);
          continue;
        }
        streams.delete(id);
        forget(stream);
      }
    },
  };

  /** What is alive in the old session begins in the new one as it stands, without its messages. */
  function carryOver(old: Session, next: Session, stream: Stream): void {
    const shift = old.header.startedAt - next.header.startedAt;
    addFrame(next, stream);
    stream.pending.clear();
    for (const counted of stream.connections.values()) {
      const known = old.connections.get(counted.id);
      if (known === undefined || known.endedAt !== undefined) {
        counted.id = 0;
        continue;
      }
      counted.id = lastConnection += 1;
      for (const fact of connectionFacts(known, counted.id, stream.frame)) {
        next.ingest({ ...fact, at: fact.at + shift });
      }
    }
  }
}

/** Bytes from another realm (Firefox), or in a view of another kind, as ours. */
function asOurs(payload: Payload | null): Payload | null {
  if (!ArrayBuffer.isView(payload) || payload instanceof Uint8Array) return payload;
  const { buffer, byteOffset, byteLength } = payload as ArrayBufferView<ArrayBuffer>;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
