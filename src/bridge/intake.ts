import type { SessionHeader } from '../core/facts.ts';
import type { Session } from '../core/session.ts';
import type { EpochMilliseconds } from '../core/units.ts';
import { type Hello, PROTOCOL, type Records, type TapCommand } from './envelope.ts';
import { helloProtocol, readRelayEnvelope } from './guards.ts';
import { createRecordTaker } from './record-taker.ts';
import { createStream, forget, type Stream } from './stream.ts';

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
  /** @param isPopup the document is in a popup that the inspected page opened */
  hear: (relay: number, envelope: unknown, isPopup?: boolean) => void;
  relayLeft: (relay: number) => void;
  /** The hub is gone; documents keep recording and present themselves again. */
  disconnected: () => void;
  /** Documents that have not come back after the hub did went away while nobody could tell. */
  sweep: () => void;
  /** The relay and the number of a living connection of the session, for who has something to say to it. */
  addressOf: (connection: number) => { relay: number; connection: number } | undefined;
  /** Goes on in a new, empty session that knows only what is alive. */
  restart: (startedAt: EpochMilliseconds) => void;
}

export function createIntake(options: IntakeOptions): Intake {
  let session: Session | undefined;
  let since: EpochMilliseconds = 0;
  /** The time origin of the top document. */
  let pageOrigin: EpochMilliseconds = 0;
  const streams = new Map<string, Stream>();
  const streamOfRelay = new Map<number, Stream>();
  const taker = createRecordTaker({
    session: () => session,
    since: () => since,
    onRejected: options.onRejected,
  });

  /** Documents of the page that was left are older than the page. */
  function isPartOfPage(stream: Stream): boolean {
    return options.isLogPreserved() || stream.hello.timeOrigin >= pageOrigin;
  }

  function begin(top: Stream): void {
    const { url, timeOrigin: startedAt } = top.hello;
    session = options.startSession({ url, startedAt });
    pageOrigin = startedAt;
    for (const [id, stream] of streams) {
      // What is gone, or said goodbye, belongs to the page that was left.
      const isOver = stream.relay === undefined || stream.isRemoved;
      if (isOver && stream !== top) streams.delete(id);
      forget(stream, taker.createSorter);
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
    stream.frame = current.nextFrame;
    current.ingest({
      kind: 'frame-added',
      frame: stream.frame,
      at: stream.hello.timeOrigin - current.header.startedAt,
      url: stream.hello.url,
      frameKind: !stream.hello.isTop ? 'iframe' : stream.isPopup ? 'popup' : 'top',
    });
  }

  function remove(current: Session, stream: Stream): void {
    if (stream.frame === 0 || stream.isRemoved) return;
    stream.isRemoved = true;
    current.ingest({ kind: 'frame-removed', frame: stream.frame, at: current.lastAt });
  }

  function greet(relay: number, hello: Hello, isPopup: boolean): void {
    const known = streams.get(hello.stream);
    const stream = known ?? createStream(hello, taker.createSorter);
    stream.relay = relay;
    stream.isPopup = isPopup;
    streams.set(hello.stream, stream);
    streamOfRelay.set(relay, stream);
    // One that was given up after the hub was lost, and is back, never went away.
    const isNavigation =
      hello.isTop && !isPopup && (known === undefined || (known.isRemoved && hello.restored));
    if (isNavigation && (session === undefined || !options.isLogPreserved())) begin(stream);
    else if (session !== undefined) admit(session, stream);
  }

  function take(stream: Stream, batch: Records): void {
    if (session === undefined || stream.frame === 0) return;
    // Sent before the document heard where this session wants it to start; it comes again from there.
    if (batch.after > stream.through) return;
    for (const totals of batch.evicted) taker.takeEvicted(stream, totals);
    for (const record of batch.records) {
      if (record.n <= stream.through) continue;
      stream.through = record.n;
      taker.take(stream, record);
    }
    if (stream.relay !== undefined) {
      options.reply(stream.relay, { kind: 'acknowledge', through: stream.through });
    }
  }

  return {
    watch: (from) => {
      since = from;
    },
    hear: (relay, message, isPopup = false) => {
      const protocol = helloProtocol(message);
      if (protocol !== undefined && protocol !== PROTOCOL) {
        options.onOtherProtocol(protocol);
        return;
      }
      const envelope = readRelayEnvelope(message);
      if (envelope === undefined) {
        options.onRejected();
      } else if (envelope.kind === 'hello') {
        greet(relay, envelope, isPopup);
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
    addressOf: (id) => {
      for (const { relay, connections } of streams.values()) {
        for (const [connection, counted] of connections) {
          if (relay !== undefined && counted.id === id) return { relay, connection };
        }
      }
      return undefined;
    },
    restart: (startedAt) => {
      if (session === undefined) return;
      const old = session;
      session = options.startSession({ url: old.header.url, startedAt });
      for (const [id, stream] of streams) {
        if (stream.frame !== 0 && !stream.isRemoved) {
          const before = old.frames.get(stream.frame);
          addFrame(session, stream);
          taker.carryOver(old, session, stream, before);
          continue;
        }
        streams.delete(id);
        forget(stream, taker.createSorter);
      }
    },
  };
}
