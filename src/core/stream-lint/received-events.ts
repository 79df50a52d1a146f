import type { Channel } from '../channel.ts';
import type { MessageStore } from '../message-store.ts';
import type { Bytes, Milliseconds } from '../units.ts';

/** An event as the rules look at it. */
export interface ReceivedEvent {
  readonly row: number;
  readonly at: Milliseconds;
  readonly connection: number;
  readonly byteLength: Bytes;
}

/** The rules judge by the newest of them: what a server does it does again. */
const MOST_EVENTS = 20_000;

export function receivedEvents(store: MessageStore, { rows }: Channel): ReceivedEvent[] {
  const events: ReceivedEvent[] = [];
  for (let place = Math.max(0, rows.length - MOST_EVENTS); place < rows.length; place += 1) {
    const row = rows.get(place);
    if (store.isSent(row)) continue;
    const [at, connection] = [store.at(row), store.connection(row)];
    events.push({ row, at, connection, byteLength: store.byteLength(row) });
  }
  return events;
}
