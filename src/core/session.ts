import {
  type Channel,
  type Connection,
  countMessage,
  createConnection,
  isFailedTry,
  noteHandshake,
  noteOddity,
  noteSendBuffer,
} from './channel.ts';
import type { DrillFact } from './drill/drill-facts.ts';
import { createDrillLog, type Drill } from './drill/drill-log.ts';
import { createDensity, type Density } from './density.ts';
import {
  TRANSPORT_OF,
  type ConnectionEnded,
  type DirectionTally,
  type Fact,
  type HandshakeLogged,
  type LifeFact,
  type MessageFact,
  type MessagesDropped,
  type SessionHeader,
} from './facts.ts';
import { createFrame, type Frame, type KnownFrame, leaveFrame, noteIn } from './frame.ts';
import { type ChannelBook, createChannelBook } from './links/channel-book.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';
import { changeState } from './stretch.ts';
import { addToTally, emptyTally } from './tally.ts';
import type { Milliseconds } from './units.ts';

export type { Frame };

/**
 * One recording of one tab: the fold of its facts.
 * Live capture and import feed the same `ingest`, and `facts()` gives back what it was fed,
 * so a saved session is the session.
 */
export interface Session {
  readonly header: SessionHeader;
  readonly frames: ReadonlyMap<number, Frame>;
  /** By their numbers. A channel that late facts or the user divide or join is another object afterwards. */
  readonly channels: readonly Channel[];
  readonly connections: ReadonlyMap<number, Connection>;
  readonly messages: MessageStore;
  /** Exact: what is kept and what was dropped together. */
  readonly tally: DirectionTally;
  readonly dropped: DirectionTally;
  /** Dropped messages by the limit that let them go; and whole connections and requests. */
  readonly droppedBy: Readonly<
    Record<MessagesDropped['where'] | 'connections' | 'requests', number>
  >;
  readonly density: Density;
  /** Free numbers for whoever adds the next one. */
  readonly nextFrame: number;
  readonly nextConnection: number;
  /** The time of the latest fact. */
  readonly lastAt: Milliseconds;
  /** Grows with every change; a view that has drawn this revision has nothing to do. */
  readonly revision: number;
  /**
   * Adds a fact. Facts of one connection come in their order.
   * @returns the row of a message, otherwise `undefined`
   * @throws {FactError} when the fact names a frame or connection that no fact introduced
   */
  ingest: (fact: Fact) => number | undefined;
  /** Bytes that came after their message: a Blob that had to be read. */
  completePayload: MessageStore['completePayload'];
  /** Every fact, in the order of `ingest`. */
  facts: () => Generator<Fact, void>;
  /** The channel of a connection; facts that came late may still put it into another one. */
  channelOf: ChannelBook['of'];
  /** When active mode was on, oldest first. */
  readonly drills: readonly Drill[];
  /** Every fact but the messages, in the order of `ingest`, at the price of no message. */
  readonly life: readonly PlacedFact[];
}

/** A fact of frames and connections, and the row of the message that came next. */
export interface PlacedFact {
  readonly fact: LifeFact;
  readonly beforeRow: number;
}

/** A fact that cannot be: it contradicts the facts before it. */
export class FactError extends Error {
  override name = 'FactError';
}

export function createSession(header: SessionHeader): Session {
  const frames = new Map<number, KnownFrame>();
  const connections = new Map<number, Connection>();
  const messages = createMessageStore();
  const book = createChannelBook(messages);
  const tally = emptyTally();
  const dropped = emptyTally();
  const droppedBy = { history: 0, buffer: 0, connections: 0, requests: 0 };
  const density = createDensity();
  const life: PlacedFact[] = [];
  const drillLog = createDrillLog();
  /** Connections that have not ended, by frame: a long session has many of both. */
  const alive = new Map<number, Set<Connection>>();
  let lastFrame = 0;
  let lastConnection = 0;
  let lastAt = 0;
  let revision = 0;

  function frameOf(id: number): KnownFrame {
    const frame = frames.get(id);
    if (frame === undefined) throw new FactError(`frame ${id} is not known`);
    return frame;
  }

  function aliveIn(frame: number): Set<Connection> {
    let connections = alive.get(frame);
    if (connections === undefined) {
      connections = new Set();
      alive.set(frame, connections);
    }
    return connections;
  }

  function connectionOf(id: number): Connection {
    const connection = connections.get(id);
    if (connection === undefined) throw new FactError(`connection ${id} is not known`);
    return connection;
  }

  function addMessage(message: MessageFact): number {
    const connection = connectionOf(message.connection);
    const row = messages.append(message);
    const { at, direction, byteLength } = message;
    countMessage(book.of(connection), message, row);
    density.add(at, direction, byteLength);
    if (message.discarded !== true) {
      for (const count of [tally[direction], connection.tally[direction]]) {
        count.messages += 1;
        count.bytes += byteLength;
      }
      if (direction === 'sent' && connection.tally.sent.messages === 1) {
        book.opened(connection, message);
      }
    }
    return row;
  }

  /** The log may be the first to know that an answer was an error. */
  function applyHandshake(connection: Connection, fact: HandshakeLogged): void {
    const wasFailed = isFailedTry(connection);
    noteHandshake(connection, fact);
    if (connection.endedAt === undefined || wasFailed || !isFailedTry(connection)) return;
    book.of(connection).failedTries += 1;
  }

  function takeDrill(fact: DrillFact): void {
    const connection = connectionOf(fact.connection);
    drillLog.take(fact);
    if (fact.kind !== 'drill-step') return;
    const { step } = fact;
    // Requests are refused in the name of the one that the drill began with.
    const isRefusal = step === 'refused' && connection.openedAt === undefined;
    if (step === 'drop' || step === 'close' || isRefusal) connection.drilled = step;
  }

  function applyLifeFact(fact: LifeFact): void {
    switch (fact.kind) {
      case 'frame-added': {
        if (frames.has(fact.frame)) throw new FactError(`frame ${fact.frame} is already known`);
        lastFrame = Math.max(lastFrame, fact.frame);
        frames.set(fact.frame, createFrame(fact));
        return;
      }
      case 'frame-removed':
        leaveFrame(frameOf(fact.frame), fact.at);
        for (const connection of aliveIn(fact.frame)) {
          endConnection(connection, { at: fact.at, endedBy: 'navigation' });
        }
        alive.delete(fact.frame);
        drillLog.end(fact.at, (id) => connections.get(id)?.frame === fact.frame);
        return;
      case 'connection-created': {
        const frame = frameOf(fact.frame);
        if (connections.has(fact.connection)) {
          throw new FactError(`connection ${fact.connection} is already known`);
        }
        const before = fact.continues === undefined ? undefined : connectionOf(fact.continues);
        if (before !== undefined && before.transport !== fact.transport) {
          throw new FactError(`connection ${fact.connection} continues another transport`);
        }
        const connection = createConnection(fact);
        book.add(connection, before);
        connections.set(connection.id, connection);
        lastConnection = Math.max(lastConnection, connection.id);
        aliveIn(connection.frame).add(connection);
        // What the page put there makes its connections with the browser's: nothing is missed.
        frame.replaced = frame.replaced.filter((name) => TRANSPORT_OF[name] !== fact.transport);
        return;
      }
      case 'connection-opened': {
        const connection = connectionOf(fact.connection);
        connection.state = 'open';
        connection.openedAt = fact.at;
        if (fact.subprotocol !== undefined) connection.subprotocol = fact.subprotocol;
        if (fact.extensions !== undefined) connection.extensions = fact.extensions;
        if (fact.status !== undefined) connection.status = fact.status;
        if (fact.responseHeaders !== undefined) connection.responseHeaders = fact.responseHeaders;
        return;
      }
      case 'handshake-logged':
        applyHandshake(connectionOf(fact.connection), fact);
        return;
      case 'event-stream-noted': {
        const connection = connectionOf(fact.connection);
        if (fact.comment !== undefined) {
          connection.comments += 1;
          connection.lastComment = fact.comment;
        }
        if (fact.reconnectionTime !== undefined) {
          connection.reconnectionTime = fact.reconnectionTime;
        }
        noteOddity(connection, fact);
        return;
      }
      case 'connection-closing': {
        const connection = connectionOf(fact.connection);
        if (connection.endedAt !== undefined) return;
        connection.state = 'closing';
        connection.closingAt = fact.at;
        book.went(connection, fact.at);
        return;
      }
      case 'send-buffer-grew':
        noteSendBuffer(connectionOf(fact.connection), fact);
        return;
      case 'connection-errored':
        connectionOf(fact.connection).errors += 1;
        return;
      case 'connection-ended': {
        const connection = connectionOf(fact.connection);
        endConnection(connection, fact);
        if (isFailedTry(connection)) book.of(connection).failedTries += 1;
        book.went(connection, fact.at);
        aliveIn(connection.frame).delete(connection);
        return;
      }
      case 'messages-dropped': {
        const connection = connectionOf(fact.connection);
        const channel = book.of(connection);
        for (const { tally: all, dropped: gone } of [channel, connection, { tally, dropped }]) {
          addToTally(all, fact);
          addToTally(gone, fact);
        }
        droppedBy[fact.where] += fact.sent.messages + fact.received.messages;
        return;
      }
      case 'channel-set-aside':
        book.setAside(connectionOf(fact.connection), fact.isSetAside);
        return;
      case 'link-decided': {
        const connection = connectionOf(fact.connection);
        const before = fact.before === undefined ? undefined : connectionOf(fact.before);
        if (before !== undefined && before.transport !== connection.transport) {
          throw new FactError(`connection ${fact.connection} cannot continue another transport`);
        }
        book.decide(connection, fact.decision, before);
        return;
      }
      case 'connections-dropped':
        frameOf(fact.frame);
        for (const target of [tally, dropped]) addToTally(target, fact);
        droppedBy.history += fact.sent.messages + fact.received.messages;
        droppedBy.connections += fact.connections;
        droppedBy.requests += fact.requests;
        return;
      case 'drill-started':
      case 'drill-step':
      case 'drill-ended':
        takeDrill(fact);
        return;
      case 'visibility-changed':
        changeState(frameOf(fact.frame).hidden, fact.isHidden, fact.at);
        return;
      case 'online-changed':
        changeState(frameOf(fact.frame).offline, !fact.isOnline, fact.at);
        return;
      case 'constructor-replaced': {
        const frame = frameOf(fact.frame);
        if (!frame.replaced.includes(fact.name)) frame.replaced = [...frame.replaced, fact.name];
        return;
      }
      case 'request-noted':
        noteIn(frameOf(fact.frame), fact);
        return;
      case 'tap-failed':
        frameOf(fact.frame).failures.push(fact.message);
        return;
    }
  }

  return {
    header,
    frames,
    get channels() {
      return book.channels;
    },
    channelOf: book.of,
    connections,
    messages,
    tally,
    dropped,
    droppedBy,
    density,
    life,
    drills: drillLog.drills,
    get nextFrame() {
      return lastFrame + 1;
    },
    get nextConnection() {
      return lastConnection + 1;
    },
    get lastAt() {
      return lastAt;
    },
    get revision() {
      return revision;
    },
    ingest: (fact) => {
      let row: number | undefined;
      if (fact.kind === 'message') {
        row = addMessage(fact);
      } else {
        applyLifeFact(fact);
        life.push({ fact, beforeRow: messages.length });
      }
      lastAt = Math.max(lastAt, fact.at);
      revision += 1;
      return row;
    },
    completePayload: (row, payload, state) => {
      messages.completePayload(row, payload, state);
      revision += 1;
    },
    *facts() {
      let row = 0;
      for (const { fact, beforeRow } of life) {
        for (; row < beforeRow; row += 1) yield messages.read(row);
        yield fact;
      }
      for (; row < messages.length; row += 1) yield messages.read(row);
    },
  };
}

function endConnection(
  connection: Connection,
  end: Pick<ConnectionEnded, 'at' | 'endedBy' | 'closeCode' | 'closeReason' | 'wasClean'>,
): void {
  connection.state = connection.openedAt === undefined ? 'failed' : 'closed';
  connection.endedAt = end.at;
  connection.endedBy = end.endedBy;
  if (end.closeCode !== undefined) connection.closeCode = end.closeCode;
  if (end.closeReason !== undefined) connection.closeReason = end.closeReason;
  if (end.wasClean !== undefined) connection.wasClean = end.wasClean;
}
