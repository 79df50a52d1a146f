import { type Channel, type Connection, isErrorStatus } from './channel.ts';
import type { Direction } from './facts.ts';
import { isRequest } from './http/request-transport.ts';
import type { Bucket, Density } from './density.ts';
import { lowerBound } from './lower-bound.ts';
import type { MessageStore } from './message-store.ts';
import type { TimeWindow } from './time-window.ts';
import type { Bytes, Milliseconds } from './units.ts';

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
  /** It never opened: a try among others. */
  isTry: boolean;
}

/** One message. */
export interface MessageMark {
  x: number;
  direction: Direction;
  row: number;
  isBeat: boolean;
}

/** Many messages that share some pixels. */
export interface DensityMark {
  x: number;
  width: number;
  /** Without heartbeats. */
  sent: number;
  received: number;
  beats: Record<Direction, number>;
}

/** How many bytes crossed in some pixels, in both directions. */
export interface VolumeMark {
  x: number;
  width: number;
  bytes: Bytes;
}

/** What is known of the heartbeats among a channel's messages, and whether they are shown. */
export interface LaneBeats {
  isHeartbeat: (row: number) => boolean;
  density: Density;
  areHidden: boolean;
}

/** Everything that is drawn of one channel in one window; as much as fits the pixels, not the session. */
export interface LaneLayout {
  stretches: Stretch[];
  ends: EndMark[];
  messages: MessageMark[];
  densities: DensityMark[];
  volumes: VolumeMark[];
}

/** The profile of the byte volume has steps of at least so many pixels. */
const VOLUME_WIDTH = 3;
/** More marks than this in a lane cannot be told apart. */
const MAX_MARKS_PER_PIXEL = 0.4;

export function layoutLane(
  channel: Channel,
  messages: MessageStore,
  window: TimeWindow,
  width: number,
  now: Milliseconds,
  beats?: LaneBeats,
): LaneLayout {
  const scale = width / (window.to - window.from);
  const xOf = (at: Milliseconds) => (at - window.from) * scale;
  const layout: LaneLayout = { stretches: [], ends: [], messages: [], densities: [], volumes: [] };
  if (channel.transport === 'polling') layoutRequests(channel, window, now, xOf, layout);
  else layoutConnections(channel.connections, window, now, xOf, layout);

  const first = firstRowFrom(channel, messages, window.from);
  const last = firstRowFrom(channel, messages, window.to);
  if (last - first <= width * MAX_MARKS_PER_PIXEL) {
    for (let index = first; index < last; index += 1) {
      const row = channel.rows.get(index);
      const isBeat = beats?.isHeartbeat(row) === true;
      if (isBeat && beats.areHidden) continue;
      const direction = messages.isSent(row) ? 'sent' : 'received';
      layout.messages.push({ x: xOf(messages.at(row)), direction, row, isBeat });
    }
  } else {
    layout.densities = densityMarks(channel.density, beats, window, scale);
  }
  const volumeWidth = channel.density.widthFor(VOLUME_WIDTH / scale);
  channel.density.visit(volumeWidth, window.from, window.to, (start, { bytes }) => {
    if (bytes > 0) layout.volumes.push({ x: xOf(start), width: volumeWidth * scale, bytes });
  });
  return layout;
}

function densityMarks(
  density: Density,
  beats: LaneBeats | undefined,
  window: TimeWindow,
  scale: number,
): DensityMark[] {
  const marks: DensityMark[] = [];
  const bucketWidth = density.widthFor(2 / scale);
  const beatsAt = new Map<Milliseconds, Readonly<Bucket>>();
  beats?.density.visit(bucketWidth, window.from, window.to, (start, bucket) => {
    beatsAt.set(start, bucket);
  });
  density.visit(bucketWidth, window.from, window.to, (start, { sent, received }) => {
    const faint = beatsAt.get(start) ?? { sent: 0, received: 0 };
    const others = { sent: sent - faint.sent, received: received - faint.received };
    const shown = beats?.areHidden === true ? { sent: 0, received: 0 } : faint;
    if (others.sent + others.received + shown.sent + shown.received === 0) return;
    const x = (start - window.from) * scale;
    marks.push({ x, width: bucketWidth * scale, ...others, beats: shown });
  });
  return marks;
}

/** Index in `channel.rows` of the first message at or after a time. */
export function firstRowFrom(channel: Channel, messages: MessageStore, at: Milliseconds): number {
  const { rows } = channel;
  return lowerBound(rows.length, (index) => messages.at(rows.get(index)) < at);
}

function layoutConnections(
  connections: readonly Connection[],
  window: TimeWindow,
  now: Milliseconds,
  xOf: (at: Milliseconds) => number,
  layout: LaneLayout,
): void {
  let previousEnd: Milliseconds | undefined;
  /** Where the last stretch of each state ended: those that share a pixel with it add nothing to the picture. */
  const drawnTo: Partial<Record<StretchState, number>> = {};
  const first = Math.max(0, firstCreatedFrom(connections, window.from) - MOST_OVERLAPPING);
  for (let index = first; index < connections.length; index += 1) {
    const connection = connections[index];
    if (connection === undefined) break;
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
        addEnd(xOf(connection.endedAt), isAbnormalEnd(connection), openedAt === undefined);
      }
    }
  }

  function add(state: StretchState, from: Milliseconds, to: Milliseconds): void {
    if (to < window.from || from > window.to || to < from) return;
    const x = xOf(Math.max(from, window.from));
    const right = xOf(Math.min(to, window.to));
    if (right - x < 0.5 && right - (drawnTo[state] ?? -Infinity) < 0.5) return;
    drawnTo[state] = right;
    layout.stretches.push({ state, x, width: right - x });
  }

  function addEnd(x: number, isAbnormal: boolean, isTry: boolean): void {
    const last = layout.ends.at(-1);
    if (last === undefined || x - last.x >= 1) layout.ends.push({ x, isAbnormal, isTry });
    else if (isAbnormal) Object.assign(last, { isAbnormal, isTry: last.isTry && isTry });
  }
}

/** Requests nearer to each other than this are drawn as one. */
const LEAST_PAUSE = 2;
/** One that was answered at once is seen all the same. */
const LEAST_REQUEST = 3;
/** A request that began before the window may reach into it though many began after it. */
const MOST_OVERLAPPING = 32;

/**
 * The requests of a polling channel: solid while one is under way, nothing between them, and only what failed is
 * marked. However many they are, what comes out is no more than the pixels can show.
 */
function layoutRequests(
  { connections }: Channel,
  window: TimeWindow,
  now: Milliseconds,
  xOf: (at: Milliseconds) => number,
  { stretches, ends }: LaneLayout,
): void {
  const first = Math.max(0, firstCreatedFrom(connections, window.from) - MOST_OVERLAPPING);
  for (let index = first; index < connections.length; index += 1) {
    const connection = connections[index];
    if (connection === undefined || connection.createdAt > window.to) break;
    const { createdAt, endedAt } = connection;
    if ((endedAt ?? now) < window.from) continue;
    const x = xOf(Math.max(createdAt, window.from));
    const end = xOf(Math.min(Math.max(endedAt ?? now, createdAt), window.to));
    const right = Math.max(end, Math.min(x + LEAST_REQUEST, xOf(window.to)));
    const last = stretches.at(-1);
    if (last === undefined || x - (last.x + last.width) >= LEAST_PAUSE) {
      stretches.push({ state: 'open', x, width: right - x });
    } else {
      last.width = Math.max(last.width, right - last.x);
    }
    const hasEnded = endedAt !== undefined && endedAt <= window.to;
    if (hasEnded && isAbnormalEnd(connection) && end - (ends.at(-1)?.x ?? -Infinity) >= 1) {
      ends.push({ x: end, isAbnormal: true, isTry: false });
    }
  }
}

/** Connections stand in the order in which they were made. */
export function firstCreatedFrom(connections: readonly Connection[], at: Milliseconds): number {
  return lowerBound(connections.length, (index) => (connections[index]?.createdAt ?? 0) < at);
}

/** Close codes of an orderly end: normal closure, going away, none given (RFC 6455 section 7.4.1). */
const ORDERLY = new Set([1000, 1001, 1005]);

/** An end that nobody asked for. What the page or a navigation ended is never shown as an error. */
export function isAbnormalEnd(connection: Connection): boolean {
  const { endedBy, wasClean, closeCode, transport, source, status } = connection;
  if (endedBy === 'page' || endedBy === 'navigation') return false;
  // The network log tells that it is over, and no more.
  if (source === 'network-log' && endedBy === 'unknown') return isErrorStatus(status);
  // A response that was read to its end is what was asked for; an event stream of EventSource is meant to last.
  if (isRequest(transport) && endedBy === 'server') return isErrorStatus(status);
  return wasClean !== true || (closeCode !== undefined && !ORDERLY.has(closeCode));
}
