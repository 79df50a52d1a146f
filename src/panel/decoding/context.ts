import type { Connection } from '../../core/channel.ts';
import type { NumberColumn } from '../../core/column.ts';
import { lowerBound } from '../../core/lower-bound.ts';
import type { Session } from '../../core/session.ts';
import { carrierOf } from '../../decoders/carrier-of.ts';
import type { GivenProto } from '../../decoders/decoder.ts';
import { rowMessageOf, type RowMessage } from '../../decoders/row-message.ts';
import type { Carriers, Context } from './snapshots.ts';

/** How much of what came before a decoder is shown: how the connection began, and what was right before. */
const OPENING = 6;
const BEFORE = 48;
/** Messages of other connections may stand between those of one. */
const MOST_LOOKED_AT = 500;
/** Code units or bytes that set the scene for another message, at most. */
const MOST_SCENE = 4_000_000;

/** The messages that a decoder has to see in order to read some rows of a channel. */
export interface Scene {
  readonly context: Context;
  readonly carriers: Carriers;
  /** Index in the context of the first wanted message. */
  readonly from: number;
}

/**
 * @param rows of the channel, ascending
 * @param wanted rows of it, ascending and next to each other
 * @param given for the site and the endpoint
 * @param before how many messages before them, at most
 */
export function sceneOf(
  session: Session,
  rows: NumberColumn,
  wanted: readonly [first: number, last: number],
  given: GivenProto,
  before = BEFORE,
): Scene {
  const first = lowerBound(rows.length, (at) => rows.get(at) < wanted[0]);
  const connection = session.messages.connection(wanted[0]);
  const places = new Set<number>();
  for (const place of openingOf(session, rows, connection, first)) places.add(place);
  for (let place = Math.max(0, first - before); place < first; place += 1) places.add(place);
  const scene: RowMessage[] = [];
  let size = 0;
  for (const place of places) {
    const message = rowMessageOf(session, rows.get(place));
    if (message === undefined || size + message.payload.length > MOST_SCENE) continue;
    size += message.payload.length;
    scene.push(message);
  }
  const context = [...scene];
  for (let place = first; place < rows.length && rows.get(place) <= wanted[1]; place += 1) {
    const message = rowMessageOf(session, rows.get(place));
    if (message !== undefined) context.push(message);
  }
  return { context, carriers: carriersOf(session, context, given), from: scene.length };
}

/** So many messages after one are looked through for its answer. */
const AFTER = 400;
const MOST_AFTER = 1_000_000;

/** A message among its neighbours: those that set its scene, and those that may answer it. */
export function neighboursOf(
  session: Session,
  rows: NumberColumn,
  row: number,
  given: GivenProto,
): Pick<Scene, 'context' | 'carriers'> {
  const context = [...sceneOf(session, rows, [row, row], given, AFTER).context];
  let size = 0;
  let place = lowerBound(rows.length, (at) => rows.get(at) <= row);
  const end = Math.min(rows.length, place + AFTER);
  for (; place < end && size < MOST_AFTER; place += 1) {
    const message = rowMessageOf(session, rows.get(place));
    if (message === undefined) continue;
    size += message.payload.length;
    context.push(message);
  }
  return { context, carriers: carriersOf(session, context, given) };
}

/** Where the first messages of a connection are among the rows before a place. */
function openingOf(
  session: Session,
  rows: NumberColumn,
  connection: number,
  before: number,
): number[] {
  const opened = session.connections.get(connection)?.createdAt ?? 0;
  const places: number[] = [];
  let place = lowerBound(before, (at) => session.messages.at(rows.get(at)) < opened);
  const end = Math.min(before, place + MOST_LOOKED_AT);
  for (; place < end && places.length < OPENING; place += 1) {
    if (session.messages.connection(rows.get(place)) === connection) places.push(place);
  }
  return places;
}

export function carriersOf(
  session: Session,
  messages: readonly RowMessage[],
  given: GivenProto,
): Carriers {
  const connections = new Set(messages.map(({ connection }) => connection));
  return new Map(
    [...connections]
      .map((id) => session.connections.get(id))
      .filter((connection) => connection !== undefined)
      .map((connection: Connection) => [connection.id, { ...carrierOf(connection), ...given }]),
  );
}
