import type { Channel, Connection } from '../channel.ts';
import type { LifeFact } from '../facts.ts';
import type { Session } from '../session.ts';
import type { Milliseconds } from '../units.ts';
import { createBeatBook } from './beat-book.ts';
import { type ChannelTeller, createChannelTeller } from './channel-teller.ts';
import { createHeard, type Heard, hearComment, hearMessage, hearOpened } from './heard.ts';
import type { ChannelStory, Story } from './story-types.ts';

/** What is kept of a channel: who tells its story, and the story as it was told last. */
interface Kept {
  teller: ChannelTeller;
  story: ChannelStory | undefined;
  now: Milliseconds;
}

export function createStory(session: Session): Story {
  const heard = new Map<Connection, Heard>();
  const beats = createBeatBook(session.messages, session.channelOf);
  const kept = new Map<Channel, Kept>();
  let lifeRead = 0;
  let hasFrameChanged = false;
  let isOver = true;
  let now: Milliseconds = 0;
  let revision = 0;

  function heardOf(connection: Connection): Heard {
    let known = heard.get(connection);
    if (known === undefined) {
      known = createHeard(connection);
      heard.set(connection, known);
    }
    return known;
  }

  function keptOf(channel: Channel): Kept {
    let known = kept.get(channel);
    if (known === undefined) {
      const teller = createChannelTeller(
        channel,
        session.messages,
        (each) => heard.get(each),
        ({ frame }) => session.frames.get(frame),
      );
      known = { teller, story: undefined, now: -1 };
      kept.set(channel, known);
    }
    return known;
  }

  function takeRows(end: number, touched: Set<Connection>): void {
    for (let row = beats.length; row < end; row += 1) {
      const message = session.messages.read(row);
      const connection = session.connections.get(message.connection);
      if (connection === undefined) {
        beats.push(undefined, undefined);
        continue;
      }
      touched.add(connection);
      const known = heardOf(connection);
      beats.push(known, hearMessage(known, message, row));
    }
  }

  function takeFact(fact: LifeFact, touched: Set<Connection>): void {
    if (fact.kind === 'visibility-changed' || fact.kind === 'online-changed') {
      hasFrameChanged = true;
      for (const [{ frame }, known] of kept) if (frame === fact.frame) known.story = undefined;
    }
    if (!('connection' in fact)) {
      if (fact.kind !== 'frame-removed') return;
      for (const connection of session.connections.values()) {
        if (connection.frame === fact.frame && connection.endedAt === fact.at)
          touched.add(connection);
      }
      return;
    }
    const connection = session.connections.get(fact.connection);
    if (connection === undefined) return;
    touched.add(connection);
    const known = heardOf(connection);
    if (fact.kind === 'connection-opened') hearOpened(known, fact.at, fact.subprotocol);
    if (fact.kind === 'event-stream-noted' && fact.comment !== undefined) {
      hearComment(known, fact.comment, fact.at);
    }
  }

  return {
    update: (at) => {
      // Late facts may put connections into other channels: these are other objects then.
      const channels = new Set(session.channels);
      const touched = new Set<Connection>();
      for (; lifeRead < session.life.length; lifeRead += 1) {
        const placed = session.life[lifeRead];
        if (placed === undefined) break;
        takeRows(placed.beforeRow, touched);
        takeFact(placed.fact, touched);
      }
      takeRows(session.messages.length, touched);
      beats.settle();
      for (const channel of kept.keys()) {
        if (!channels.has(channel)) kept.delete(channel);
      }
      for (const connection of touched) {
        const { teller } = keptOf(session.channelOf(connection));
        teller.touch(connection);
        keptOf(session.channelOf(connection)).story = undefined;
      }
      isOver = at === undefined;
      const next = Math.max(at ?? 0, session.lastAt);
      if (touched.size > 0 || hasFrameChanged || next !== now) revision += 1;
      hasFrameChanged = false;
      now = next;
    },
    of: (id) => {
      const channel = session.channels.find((each) => each.id === id);
      if (channel === undefined) return undefined;
      const known = keptOf(channel);
      if (known.story === undefined || known.now !== now) {
        known.story = known.teller.tell(now, isOver);
        known.now = now;
      }
      return known.story;
    },
    isHeartbeat: beats.has,
    beatsOf: beats.of,
    get revision() {
      return revision;
    },
  };
}
