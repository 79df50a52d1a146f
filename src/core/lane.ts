import type { Channel, Connection } from './channel.ts';
import type { Direction } from './facts.ts';
import type { MessageStore } from './message-store.ts';
import type { TimeWindow } from './time-window.ts';
import type { Milliseconds } from './units.ts';

/** What a stretch of a lane means; drawn by stroke, never by colour alone. */
export type StretchState = 'connecting' | 'open' | 'closing' | 'gap';

/** A stretch of a channel's life, in pixels of the lane. */
export interface Stretch {
  state: StretchState;
  x: number;
  width: number;
}

/** Where a connection ended: as wanted, or not. */
export interface EndMark {
  x: number;
  isAbnormal: boolean;
}

/** One message. */
export interface MessageMark {
  x: number;
  direction: Direction;
  row: number;
}

/** Many messages that share some pixels. */
export interface DensityMark {
  x: number;
  width: number;
  sent: number;
  received: number;
}

/** Everything that is drawn of one channel in one window; as much as fits the pixels, not the session. */
export interface LaneLayout {
  stretches: Stretch[];
  ends: EndMark[];
  messages: MessageMark[];
  densities: DensityMark[];
}

/** More marks than this in a lane cannot be told apart. */
const MAX_MARKS_PER_PIXEL = 0.4;

export function layoutLane(
  channel: Channel,
  messages: MessageStore,
  window: TimeWindow,
  width: number,
  now: Milliseconds,
): LaneLayout {
  const scale = width / (window.to - window.from);
  const xOf = (at: Milliseconds) => (at - window.from) * scale;
  const layout: LaneLayout = { stretches: [], ends: [], messages: [], densities: [] };
  layoutConnections(channel.connections, window, now, xOf, layout);

  const first = firstRowFrom(channel, messages, window.from);
  const last = firstRowFrom(channel, messages, window.to);
  if (last - first <= width * MAX_MARKS_PER_PIXEL) {
    for (let index = first; index < last; index += 1) {
      const row = channel.rows.get(index);
      const direction = messages.isSent(row) ? 'sent' : 'received';
      layout.messages.push({ x: xOf(messages.at(row)), direction, row });
    }
    return layout;
  }
  const bucketWidth = channel.density.widthFor(2 / scale);
  channel.density.visit(bucketWidth, window.from, window.to, (start, { sent, received }) => {
    layout.densities.push({ x: xOf(start), width: bucketWidth * scale, sent, received });
  });
  return layout;
}

/** Index in `channel.rows` of the first message at or after a time. */
export function firstRowFrom(channel: Channel, messages: MessageStore, at: Milliseconds): number {
  let low = 0;
  let high = channel.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages.at(channel.rows.get(middle)) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function layoutConnections(
  connections: readonly Connection[],
  window: TimeWindow,
  now: Milliseconds,
  xOf: (at: Milliseconds) => number,
  layout: LaneLayout,
): void {
  let previousEnd: Milliseconds | undefined;
  for (const connection of connections) {
    const { createdAt, openedAt, closingAt, endedAt = now } = connection;
    if (previousEnd !== undefined) add('gap', previousEnd, createdAt);
    if (createdAt > window.to) break;
    // The browser reconnects an EventSource after a wait that it tells nobody of: all of it is an outage.
    const opening = connection.link === undefined ? 'connecting' : 'gap';
    add(opening, createdAt, openedAt ?? closingAt ?? endedAt);
    if (openedAt !== undefined) add('open', openedAt, closingAt ?? endedAt);
    if (closingAt !== undefined) add('closing', closingAt, endedAt);
    if (connection.endedAt !== undefined) {
      previousEnd = connection.endedAt;
      if (connection.endedAt >= window.from && connection.endedAt <= window.to) {
        layout.ends.push({ x: xOf(connection.endedAt), isAbnormal: isAbnormalEnd(connection) });
      }
    }
  }

  function add(state: StretchState, from: Milliseconds, to: Milliseconds): void {
    if (to < window.from || from > window.to || to < from) return;
    const x = xOf(Math.max(from, window.from));
    layout.stretches.push({ state, x, width: xOf(Math.min(to, window.to)) - x });
  }
}

/** Close codes of an orderly end: normal closure, going away, none given (RFC 6455 section 7.4.1). */
const ORDERLY = new Set([1000, 1001, 1005]);

/** An end that nobody asked for. What the page or a navigation ended is never shown as an error. */
export function isAbnormalEnd({ endedBy, wasClean, closeCode }: Connection): boolean {
  if (endedBy === 'page' || endedBy === 'navigation') return false;
  return wasClean !== true || (closeCode !== undefined && !ORDERLY.has(closeCode));
}
