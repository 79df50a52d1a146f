import type { Connection } from '../channel.ts';
import { createNumberColumn, type NumberColumn } from '../column.ts';
import type { Direction, MessageFact } from '../facts.ts';
import type { Milliseconds } from '../units.ts';
import { addAnswer, addBeat, type BeatTrack, createBeatTrack } from './beats.ts';
import { heartbeatShape, type HeartbeatShape } from './heartbeat-shapes.ts';

/** What was heard on one connection, learned message by message. */
export interface Heard {
  readonly connection: Connection;
  /** Rows of the message store. */
  readonly rows: NumberColumn;
  readonly beats: Map<string, BeatTrack>;
  /** Equal messages that may be heartbeats nobody has a name for. */
  readonly equals: Map<string, BeatTrack>;
  /** As far as it had opened when the messages came. */
  opened: { at: Milliseconds; subprotocol: string | undefined } | undefined;
  /** When it opened, or something was sent or received last. */
  lastAt: Milliseconds | undefined;
  lastReceivedAt: Milliseconds | undefined;
  silence: { longest: Milliseconds; at: Milliseconds };
  /** Sent, as the page's own wish and not as a heartbeat, within the first seconds after it opened. */
  sentEarly: number;
  firstReceivedAt: Milliseconds | undefined;
}

/** After a reconnect a page says what it wants within so long. */
export const EARLY: Milliseconds = 2_000;
/** Longer messages are no heartbeats; so many different short ones are followed. */
const LONGEST_EQUAL = 64;
const MOST_EQUALS = 16;

export function createHeard(connection: Connection): Heard {
  return {
    connection,
    rows: createNumberColumn(Uint32Array),
    beats: new Map(),
    equals: new Map(),
    opened: undefined,
    lastAt: undefined,
    lastReceivedAt: undefined,
    silence: { longest: 0, at: connection.createdAt },
    sentEarly: 0,
    firstReceivedAt: undefined,
  };
}

/** @returns the beats that the message belongs to: `shape` where its shape alone tells that it is a heartbeat */
export function hearMessage(
  heard: Heard,
  message: MessageFact,
  row: number,
): 'shape' | BeatTrack | undefined {
  heard.rows.push(row);
  if (message.discarded === true) return undefined;
  const { at, direction } = message;
  hearActivity(heard, at);
  if (direction === 'received') {
    heard.firstReceivedAt ??= at;
    heard.lastReceivedAt = at;
  }
  const { url, transport } = heard.connection;
  const subprotocol = heard.opened?.subprotocol;
  const shape = heartbeatShape(message, { url, transport, subprotocol });
  if (shape !== undefined) {
    countShape(heard, shape, direction, at, exampleOf(message));
    return 'shape';
  }
  const { openedAt } = heard.connection;
  if (direction === 'sent' && openedAt !== undefined && at <= openedAt + EARLY)
    heard.sentEarly += 1;
  return countEqual(heard, message);
}

export function hearOpened(heard: Heard, at: Milliseconds, subprotocol: string | undefined): void {
  heard.opened = { at, subprotocol };
  hearActivity(heard, at);
}

/** A comment of an event stream. */
export function hearComment(heard: Heard, comment: string, at: Milliseconds): void {
  hearActivity(heard, at);
  countShape(heard, { kind: 'comment', role: 'beat' }, 'received', at, `:${comment}`);
}

function hearActivity(heard: Heard, at: Milliseconds): void {
  const since = heard.lastAt;
  if (since !== undefined && at - since > heard.silence.longest) {
    heard.silence = { longest: at - since, at: since };
  }
  heard.lastAt = Math.max(heard.lastAt ?? at, at);
}

const other = (direction: Direction): Direction => (direction === 'sent' ? 'received' : 'sent');

/** Both sides send the same: what comes soon after the other's is its answer. */
const ECHO: Milliseconds = 1_000;

function countShape(
  { beats }: Heard,
  { kind, role }: HeartbeatShape,
  direction: Direction,
  at: Milliseconds,
  example: string,
): void {
  const asked = beats.get(`${kind} ${other(direction)}`);
  if (role === 'answer') {
    if (asked !== undefined) addAnswer(asked, at);
    return;
  }
  const key = `${kind} ${direction}`;
  let track = beats.get(key);
  const isEcho =
    role === 'either' &&
    asked?.waitsSince !== undefined &&
    at - asked.waitsSince < ECHO &&
    (track === undefined || asked.count > track.count);
  if (isEcho) {
    addAnswer(asked, at);
    return;
  }
  if (track === undefined) {
    track = createBeatTrack(kind, direction, example);
    beats.set(key, track);
  }
  addBeat(track, at);
}

function countEqual({ equals }: Heard, message: MessageFact): BeatTrack | undefined {
  const { payload, byteLength, direction, at } = message;
  if (typeof payload !== 'string' || byteLength > LONGEST_EQUAL) return undefined;
  const key = `${direction} ${payload}`;
  let track = equals.get(key);
  if (track === undefined) {
    if (equals.size >= MOST_EQUALS) return undefined;
    track = createBeatTrack('equal message', direction, payload);
    equals.set(key, track);
  }
  addBeat(track, at);
  return track;
}

function exampleOf({ payload }: MessageFact): string {
  if (payload === null) return '';
  if (typeof payload === 'string') return payload.slice(0, LONGEST_EQUAL);
  return Array.from(payload.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
