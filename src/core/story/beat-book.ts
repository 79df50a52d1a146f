import type { Channel, Connection } from '../channel.ts';
import { createNumberColumn } from '../column.ts';
import { createDensity, type Density } from '../density.ts';
import type { DirectionTally } from '../facts.ts';
import type { MessageStore } from '../message-store.ts';
import { emptyTally } from '../tally.ts';
import type { BeatTrack } from './beats.ts';
import type { Heard } from './heard.ts';
import { isEven } from './heartbeats.ts';

/** The heartbeats among the messages of a channel, answers counted too. */
export interface BeatCount {
  readonly density: Density;
  readonly tally: Readonly<DirectionTally>;
  /** Grows when messages that had been taken for something else turn out to be heartbeats, or the other way round. */
  readonly turns: number;
}

interface Counted extends BeatCount {
  turns: number;
}

/** A row that is no heartbeat, and one that is by its shape; higher numbers name a track of equal messages. */
const NONE = 0;
const SHAPE = 1;
const FIRST_TRACK = 2;

/** Which rows of the message store are heartbeats, and how many that makes at every zoom. */
export interface BeatBook {
  /** How many rows it knows. */
  readonly length: number;
  /** The next row, and what was heard in it. */
  push: (heard: Heard | undefined, found: 'shape' | BeatTrack | undefined) => void;
  /** Equal messages become heartbeats when enough of them came evenly: decides for those that were pushed since the last time. */
  settle: () => void;
  has: (row: number) => boolean;
  of: (channel: Channel) => BeatCount;
}

export function createBeatBook(
  messages: MessageStore,
  channelOf: (connection: Connection) => Channel,
): BeatBook {
  /** By row: see `NONE`. */
  const marks = createNumberColumn(Uint32Array);
  const numberOf = new Map<BeatTrack, number>();
  /** By track number. */
  const isCounted: boolean[] = [];
  const unsettled = new Map<BeatTrack, Heard>();
  /** A channel that is made anew is another object, and is counted anew. */
  const counts = new WeakMap<Channel, Counted>();

  const isBeat = (mark: number): boolean => mark === SHAPE || isCounted[mark] === true;
  const has = (row: number): boolean => row < marks.length && isBeat(marks.get(row));

  function countOf(channel: Channel): Counted {
    let count = counts.get(channel);
    if (count === undefined) {
      count = { density: createDensity(), tally: emptyTally(), turns: 0 };
      counts.set(channel, count);
      for (let index = 0; index < channel.rows.length; index += 1) {
        const row = channel.rows.get(index);
        if (has(row)) add(count, row, 1);
      }
    }
    return count;
  }

  function add({ density, tally }: Counted, row: number, times: 1 | -1): void {
    const direction = messages.isSent(row) ? 'sent' : 'received';
    const byteLength = messages.byteLength(row);
    density.add(messages.at(row), direction, byteLength, times);
    tally[direction].messages += times;
    tally[direction].bytes += times * byteLength;
  }

  function trackNumber(track: BeatTrack): number {
    const known = numberOf.get(track);
    if (known !== undefined) return known;
    const number = FIRST_TRACK + numberOf.size;
    numberOf.set(track, number);
    return number;
  }

  /** Rare, and at the price of the connection's messages. */
  function turn(heard: Heard, number: number, isNow: boolean): void {
    const count = countOf(channelOf(heard.connection));
    for (let index = 0; index < heard.rows.length; index += 1) {
      const row = heard.rows.get(index);
      if (marks.get(row) === number) add(count, row, isNow ? 1 : -1);
    }
    isCounted[number] = isNow;
    count.turns += 1;
  }

  return {
    get length() {
      return marks.length;
    },
    push: (heard, found) => {
      const mark = found === undefined ? NONE : found === 'shape' ? SHAPE : trackNumber(found);
      const count =
        heard !== undefined && isBeat(mark) ? countOf(channelOf(heard.connection)) : undefined;
      marks.push(mark);
      if (count !== undefined) add(count, marks.length - 1, 1);
      if (heard !== undefined && found !== undefined && found !== 'shape') {
        unsettled.set(found, heard);
      }
    },
    settle: () => {
      for (const [track, heard] of unsettled) {
        const number = trackNumber(track);
        const isNow = isEven(track);
        if (isNow !== (isCounted[number] === true)) turn(heard, number, isNow);
      }
      unsettled.clear();
    },
    has,
    of: countOf,
  };
}
