import type { Channel, Connection } from './channel.ts';
import { firstCreatedFrom, firstRowFrom } from './lane.ts';
import { firstEndingFrom } from './lane-story.ts';
import type { MessageStore } from './message-store.ts';
import type { Outage } from './story/outage-types.ts';
import type { Bytes, Milliseconds } from './units.ts';

/** What a lane holds at one time. */
export interface LaneReading {
  /** The connection that was alive then. */
  connection?: Connection;
  state: 'before' | 'connecting' | 'open' | 'closing' | 'down' | 'after';
  outage?: Outage;
  /** The nearest message within reach. */
  row?: number;
  /** Messages and bytes a second, in both directions, over the bucket that holds this time. */
  rate: { messages: number; bytes: Bytes; over: Milliseconds };
}

/** A rate over less than a second jumps. */
const LEAST_SPAN: Milliseconds = 1_000;
/** Tries side by side with the one that was made last. */
const MOST_OVERLAPPING = 8;

/**
 * Reads a lane at a time; the same small work at any size.
 * @param reach how far a message may be away, in time
 * @param isShown which messages count
 */
export function readLane(
  {
    channel,
    messages,
    outages,
  }: { channel: Channel; messages: MessageStore; outages: readonly Outage[] },
  at: Milliseconds,
  reach: Milliseconds,
  isShown: (row: number) => boolean = () => true,
): LaneReading {
  const next = outages[firstEndingFrom(outages, at)];
  const outage = next !== undefined && next.start <= at ? next : undefined;
  const row = nearestRow(channel, messages, at, reach, isShown);
  return {
    ...standing(channel.connections, at, outage !== undefined),
    ...(outage !== undefined && { outage }),
    ...(row !== undefined && { row }),
    rate: rateAt(channel, at),
  };
}

function standing(
  connections: readonly Connection[],
  at: Milliseconds,
  isDown: boolean,
): Pick<LaneReading, 'connection' | 'state'> {
  const end = firstCreatedFrom(connections, at + Number.EPSILON);
  const candidates = connections.slice(Math.max(0, end - MOST_OVERLAPPING), end);
  if (candidates.length === 0) return { state: 'before' };
  const connection = candidates.findLast(({ endedAt = Infinity }) => at <= endedAt);
  if (connection === undefined) return { state: isDown ? 'down' : 'after' };
  const { openedAt, closingAt } = connection;
  if (closingAt !== undefined && at >= closingAt) return { connection, state: 'closing' };
  return { connection, state: openedAt !== undefined && at >= openedAt ? 'open' : 'connecting' };
}

function rateAt({ density }: Channel, at: Milliseconds): LaneReading['rate'] {
  const over = density.widthFor(LEAST_SPAN);
  const rate = { messages: 0, bytes: 0, over };
  density.visit(over, at, at, (_, { sent, received, bytes }) => {
    rate.messages = ((sent + received) * 1_000) / over;
    rate.bytes = (bytes * 1_000) / over;
  });
  return rate;
}

/** Hidden messages between two shown ones are passed over, so far. */
const MOST_STEPS = 64;

function nearestRow(
  channel: Channel,
  messages: MessageStore,
  at: Milliseconds,
  reach: Milliseconds,
  isShown: (row: number) => boolean,
): number | undefined {
  const start = firstRowFrom(channel, messages, at);
  const found = [seek(start, 1), seek(start - 1, -1)].filter((row) => row !== undefined);
  const distance = (row: number) => Math.abs(messages.at(row) - at);
  return found.sort((a, b) => distance(a) - distance(b))[0];

  function seek(from: number, step: 1 | -1): number | undefined {
    for (let index = from, steps = 0; steps < MOST_STEPS; index += step, steps += 1) {
      if (index < 0 || index >= channel.rows.length) return undefined;
      const row = channel.rows.get(index);
      if (Math.abs(messages.at(row) - at) > reach) return undefined;
      if (isShown(row)) return row;
    }
    return undefined;
  }
}
