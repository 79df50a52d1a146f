import type { Channel } from '../channel.ts';
import type { MessageStore } from '../message-store.ts';
import type { Bytes, Milliseconds } from '../units.ts';

/** A message as rules look at it. */
export interface SeenMessage {
  readonly row: number;
  readonly at: Milliseconds;
  readonly connection: number;
  readonly byteLength: Bytes;
}

/** Rules judge by the newest messages: what an app does it does again. */
const MOST_MESSAGES = 20_000;
/** Texts are looked into only so far. */
const LONGEST_TEXT = 64 * 1024;

/** The newest messages of one direction, or of both. */
export function newestMessages(
  store: MessageStore,
  { rows }: Channel,
  direction?: 'sent' | 'received',
  most = MOST_MESSAGES,
): SeenMessage[] {
  const seen: SeenMessage[] = [];
  for (let place = Math.max(0, rows.length - most); place < rows.length; place += 1) {
    const row = rows.get(place);
    if (direction !== undefined && store.isSent(row) !== (direction === 'sent')) continue;
    const [at, connection] = [store.at(row), store.connection(row)];
    seen.push({ row, at, connection, byteLength: store.byteLength(row) });
  }
  return seen;
}

/** The beginning of a message's text; `undefined` where it is none, or not here. */
export function textOf(store: MessageStore, row: number): string | undefined {
  const { payload } = store.read(row);
  return typeof payload === 'string' ? payload.slice(0, LONGEST_TEXT) : undefined;
}
