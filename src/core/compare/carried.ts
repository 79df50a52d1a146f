import type { Channel } from '../channel.ts';
import type { MessageFact } from '../facts.ts';
import type { ClassOfRow } from '../measures/row-class.ts';
import { countsOf, SEQUENCE_NAMES, STEADY } from '../story/find-sequence.ts';
import { steadiness } from '../story/sequence.ts';
import type { Milliseconds } from '../units.ts';
import type { Subject } from './subject.ts';

/**
 * What the app was told and told itself: its events. An event is a message of the app; where one message carries several
 * (an answer to a poll), it is each of them, counted by the field that goes up by one.
 */
export interface Carried {
  /** When each event came, ascending. */
  readonly ats: Float64Array;
  /** The field that counts them; absent where each message is one. */
  readonly field: string | undefined;
  /** Messages of the app whose payloads were not looked at, for there were too many: each counts as one event. */
  readonly unread: number;
  /** By the name of a field that counts: the first row that carries each of its values. */
  readonly sequences: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Payloads that came once, with their rows. */
  readonly payloads: ReadonlyMap<string, number>;
}

/** More payloads than this tell nothing new. */
const MOST_READ = 20_000;
/** Longer payloads are not compared. */
const LONGEST = 16_384;
/** So many rows are looked at before whoever asked may do something else. */
const SLICE = 100;
/** Fewer steps by one are chance. */
const LEAST_STEPS = 3;

/** The values of one field on one channel in one direction, in their order. */
interface FieldValues {
  readonly values: number[];
  readonly rows: number[];
}

/** What a subject's rows hold, before it is known which fields count. */
interface Found {
  /** By the last name in the path of a field, then by channel and direction. */
  readonly fields: Map<string, Map<string, FieldValues>>;
  /** A payload that came again has no row. */
  readonly payloads: Map<string, number | undefined>;
  /** All rows of the app, and the channel and direction of each. */
  readonly rows: number[];
  readonly lists: string[];
  unread: number;
}

/** Reads at most 20,000 messages; yields how many it has looked at, to let others work. */
export function* readCarried(subject: Subject, classOf: ClassOfRow): Generator<number, Carried> {
  const found: Found = { fields: new Map(), payloads: new Map(), rows: [], lists: [], unread: 0 };
  let looked = 0;
  for (const channel of subject.channels) {
    let lastId: string | undefined;
    for (let index = 0; index < channel.rows.length; index += 1) {
      looked += 1;
      if (looked % SLICE === 0) yield looked;
      const row = channel.rows.get(index);
      if (classOf(row) !== 'app') continue;
      found.rows.push(row);
      found.lists.push(listOf(channel, subject.session.messages.isSent(row)));
      if (found.rows.length > MOST_READ) {
        found.unread += 1;
        continue;
      }
      const message = subject.session.messages.read(row);
      take(found, channel, message, row, lastId);
      lastId = message.lastEventId;
    }
  }
  return concluded(subject, found);
}

function take(
  { fields, payloads }: Found,
  channel: Channel,
  message: MessageFact,
  row: number,
  lastId: string | undefined,
): void {
  const { payload, direction } = message;
  const list = listOf(channel, direction === 'sent');
  for (const { path, value } of countsOf(message, lastId)) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    let lists = fields.get(name);
    if (lists === undefined) fields.set(name, (lists = new Map<string, FieldValues>()));
    let values = lists.get(list);
    if (values === undefined) lists.set(list, (values = { values: [], rows: [] }));
    values.values.push(value);
    values.rows.push(row);
  }
  if (payload === null || payload.length === 0 || payload.length > LONGEST) return;
  const key = `${direction} ${typeof payload === 'string' ? payload : latin1.decode(payload)}`;
  payloads.set(key, payloads.has(key) ? undefined : row);
}

const listOf = ({ id }: Channel, isSent: boolean): string =>
  `${id} ${isSent ? 'sent' : 'received'}`;

const latin1 = new TextDecoder('latin1');

function concluded({ session }: Subject, found: Found): Carried {
  const { fields, payloads, rows, unread } = found;
  const counting = [...fields].filter(([, lists]) => [...lists.values()].some(isSteady));
  const [best] = counting.toSorted(
    ([a, inA], [b, inB]) => rankOf(b, inB) - rankOf(a, inA) || (a < b ? -1 : 1),
  );
  const once = [...payloads].filter((each): each is [string, number] => each[1] !== undefined);
  const eventRows = best === undefined ? rows : rowsOfEvents(found, best[1]);
  return {
    ats: Float64Array.from(eventRows, (row) => session.messages.at(row)).sort(),
    field: best !== undefined && eventRows.length !== rows.length ? best[0] : undefined,
    unread,
    sequences: new Map(counting.map(([name, lists]) => [name, firstRows(lists)])),
    payloads: new Map(once),
  };
}

const stepsOf = ({ values }: FieldValues) => steadiness({ before: [], after: values });

function isSteady(list: FieldValues): boolean {
  const { steps, byOne } = stepsOf(list);
  return byOne >= LEAST_STEPS && byOne >= STEADY * steps;
}

function rankOf(name: string, lists: ReadonlyMap<string, FieldValues>): number {
  const byOne = [...lists.values()].reduce((sum, list) => sum + stepsOf(list).byOne, 0);
  return SEQUENCE_NAMES.test(name) ? 2 * byOne : byOne;
}

/** By direction and value, the row that had it first. */
function firstRows(lists: ReadonlyMap<string, FieldValues>): Map<string, number> {
  const first = new Map<string, number>();
  for (const [list, { values, rows }] of lists) {
    const direction = list.slice(list.indexOf(' ') + 1);
    values.forEach((value, index) => {
      const key = `${direction} ${value}`;
      if (!first.has(key)) first.set(key, rows[index] ?? 0);
    });
  }
  return first;
}

/**
 * A row for each event. Where messages hold several values of the field, each new value is an event and a message without any is
 * none (an empty answer); elsewhere each message is one.
 */
function rowsOfEvents({ rows, lists }: Found, fields: ReadonlyMap<string, FieldValues>): number[] {
  const batched = new Map<string, Map<number, number>>();
  for (const [name, list] of fields) {
    const perRow = isSteady(list) ? newValuesPerRow(list) : new Map<number, number>();
    if ([...perRow.values()].some((count) => count > 1)) batched.set(name, perRow);
  }
  return rows.flatMap((row, index) => {
    const perRow = batched.get(lists[index] ?? '');
    // What was not looked at counts as a message does.
    return perRow === undefined || index >= MOST_READ
      ? [row]
      : new Array<number>(perRow.get(row) ?? 0).fill(row);
  });
}

function newValuesPerRow({ values, rows }: FieldValues): Map<number, number> {
  const seen = new Set<number>();
  const perRow = new Map<number, number>();
  values.forEach((value, index) => {
    const row = rows[index] ?? 0;
    if (!seen.has(value)) perRow.set(row, (perRow.get(row) ?? 0) + 1);
    seen.add(value);
  });
  return perRow;
}

/** How long the subject's channels lived: from the first connection to the last thing that happened. */
export function lifeOf({ channels }: Pick<Subject, 'channels'>): {
  from: Milliseconds;
  to: Milliseconds;
} {
  let [from, to] = [Infinity, -Infinity];
  for (const { connections, lastMessageAt } of channels) {
    for (const { createdAt, endedAt } of connections) {
      from = Math.min(from, createdAt);
      to = Math.max(to, createdAt, endedAt ?? createdAt);
    }
    to = Math.max(to, lastMessageAt ?? to);
  }
  return Number.isFinite(from) ? { from, to: Math.max(to, from + 1) } : { from: 0, to: 1 };
}
