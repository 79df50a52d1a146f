import {
  type Channel,
  type Connection,
  countMessage,
  createChannel,
  isFailedTry,
} from '../channel.ts';
import type { Link, LinkDecision, MessageFact } from '../facts.ts';
import type { MessageStore } from '../message-store.ts';
import { addToTally } from '../tally.ts';
import type { Milliseconds } from '../units.ts';
import { createLinker } from './linker.ts';
import { openingWords, sameOpening } from './opening-words.ts';

/**
 * Which connections make up which channel: as was seen, concluded, or decided by the user. A connection is in exactly one
 * channel, and so is each of its messages. What comes in its order costs the same at any size; where facts come late,
 * or the user decides, the channels that this touches are made anew.
 */
export interface ChannelBook {
  /** Settled: late facts have been considered. */
  readonly channels: readonly Channel[];
  /** The channel of a connection as it stands, before late facts are considered. */
  of: (connection: Connection) => Channel;
  /** @param before the connection that it was seen to continue */
  add: (connection: Connection, before: Connection | undefined) => void;
  went: (connection: Connection, at: Milliseconds) => void;
  /** The first message that a connection sent. */
  opened: (connection: Connection, message: MessageFact) => void;
  decide: (connection: Connection, decision: LinkDecision, before: Connection | undefined) => void;
  setAside: (connection: Connection, isSetAside: boolean) => void;
}

export function createChannelBook(messages: MessageStore): ChannelBook {
  const linker = createLinker();
  const channels = new Map<number, Channel>();
  /** The same in a list, made when it is asked for. */
  let listed: readonly Channel[] | undefined;
  let lastId = 0;
  const befores = new Map<Connection, Connection>();
  /** As the facts of their creation told. */
  const seen = new Map<Connection, { before: Connection; link: Link | undefined }>();
  /** Their place is no longer what their channel says. */
  const moved = new Set<Connection>();
  /** First connections of channels that the user said are none. */
  const aside = new Set<Connection>();

  function of(connection: Connection): Channel {
    const channel = channels.get(connection.channel);
    if (channel === undefined) throw new RangeError(`channel ${connection.channel} is not known`);
    return channel;
  }

  function begin(first: Connection, id: number): Channel {
    const channel = createChannel(id, first);
    channel.isSetAside = aside.has(first);
    channels.set(id, channel);
    listed = undefined;
    return channel;
  }

  function place(connection: Connection, before: Connection | undefined, link?: Link): void {
    if (befores.get(connection) !== before) moved.add(connection);
    if (before === undefined) befores.delete(connection);
    else befores.set(connection, before);
    connection.link = link;
    addOpening(connection);
  }

  /** What is inferred from the beginning may be confirmed by the first message. */
  function addOpening(connection: Connection): void {
    const before = befores.get(connection);
    if (before === undefined || connection.link?.basis !== 'inferred') return;
    const words = sameOpening(before, connection);
    if (words !== undefined) connection.link.evidence.push(words);
  }

  function settle(): void {
    if (linker.isStale) {
      for (const [connection, found] of linker.settle()) {
        place(connection, found?.connection, found?.link);
      }
    }
    if (moved.size > 0) rebuild();
  }

  /** Makes those channels anew that lose or win a connection. */
  function rebuild(): void {
    const old = new Set<Channel>();
    for (const connection of moved) {
      old.add(of(connection));
      const before = befores.get(connection);
      if (before !== undefined) old.add(of(before));
    }
    moved.clear();
    const touched = [...old].flatMap(({ connections }) => connections).sort(byCreation);
    const rows = [...old].flatMap((channel) => rowsOf(channel)).sort((a, b) => a - b);
    const idOfFirst = new Map([...old].map(({ id, connections: [first] }) => [first, id]));
    for (const { id } of old) channels.delete(id);
    const byFirst = new Map<Connection, Channel>();
    const firsts = firstsOf(touched, befores);
    for (const connection of touched) {
      const first = firsts.get(connection) ?? connection;
      let channel = byFirst.get(first);
      if (channel === undefined) {
        channel = begin(first, idOfFirst.get(first) ?? (lastId += 1));
        byFirst.set(first, channel);
      }
      channel.connections.push(connection);
      connection.channel = channel.id;
      addToTally(channel.tally, connection.dropped);
      addToTally(channel.dropped, connection.dropped);
      if (connection.endedAt !== undefined && isFailedTry(connection)) channel.failedTries += 1;
    }
    const byNumber = new Map(touched.map((connection) => [connection.id, connection]));
    for (const row of rows) {
      const message = messages.read(row);
      const connection = byNumber.get(message.connection);
      if (connection !== undefined) countMessage(of(connection), message, row);
    }
  }

  return {
    get channels() {
      settle();
      listed ??= [...channels.values()].sort((a, b) => a.id - b.id);
      return listed;
    },
    of,
    add: (connection, before) => {
      const found = linker.add(connection, before);
      const predecessor = before ?? found?.connection;
      if (before !== undefined) seen.set(connection, { before, link: connection.link });
      if (found !== undefined) connection.link = found.link;
      if (predecessor !== undefined) befores.set(connection, predecessor);
      const channel =
        predecessor === undefined ? begin(connection, (lastId += 1)) : of(predecessor);
      connection.channel = channel.id;
      channel.connections.push(connection);
    },
    went: linker.went,
    opened: (connection, message) => {
      if (connection.transport === 'polling') return;
      const words = openingWords(message);
      if (words === undefined) return;
      connection.opening = words;
      addOpening(connection);
    },
    decide: (connection, decision, before) => {
      const told = seen.get(connection);
      if (decision === 'withdrawn') {
        linker.decide(connection, told?.before);
        place(connection, told?.before, told?.link);
      } else {
        const chosen = decision === 'continues' ? before : undefined;
        const evidence = ['the user said so'];
        linker.decide(connection, chosen ?? null);
        place(connection, chosen, chosen && { basis: 'user', evidence });
      }
    },
    setAside: (connection, isSetAside) => {
      settle();
      const channel = of(connection);
      const [first] = channel.connections;
      if (first === undefined) return;
      if (isSetAside) aside.add(first);
      else aside.delete(first);
      channel.isSetAside = isSetAside;
    },
  };
}

function byCreation(a: Connection, b: Connection): number {
  return a.createdAt - b.createdAt || a.id - b.id;
}

function rowsOf({ rows }: Channel): number[] {
  return Array.from({ length: rows.length }, (_, index) => rows.get(index));
}

/** The first connection of each one's chain. A chain that leads back to itself, as only a broken trace has, begins anywhere. */
function firstsOf(
  connections: readonly Connection[],
  befores: ReadonlyMap<Connection, Connection>,
): ReadonlyMap<Connection, Connection> {
  const firsts = new Map<Connection, Connection>();
  for (const connection of connections) {
    const chain = new Set<Connection>();
    let first = connection;
    while (!firsts.has(first) && !chain.has(first)) {
      chain.add(first);
      first = befores.get(first) ?? first;
    }
    const found = firsts.get(first) ?? first;
    for (const each of chain) firsts.set(each, found);
  }
  return firsts;
}
