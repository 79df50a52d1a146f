import type { Channel, Connection } from '../channel.ts';
import type { MessageStore } from '../message-store.ts';
import type { Session } from '../session.ts';

/** What was said on one connection; of polling on all requests of the channel, for each carries one answer. */
export interface Talk {
  /** The first that it was said on. */
  readonly connection: Connection;
  readonly channel: Channel;
  /** Rows of the message store by time, without those that never left. */
  readonly rows: readonly number[];
}

/** The kept messages of channels: one pass, no payload is read. */
export function talksOf(
  { messages, connections }: Pick<Session, 'messages' | 'connections'>,
  channels: readonly Channel[],
): Talk[] {
  return channels.flatMap((channel) => {
    const rowsBy = new Map<number, number[]>();
    for (let index = 0; index < channel.rows.length; index += 1) {
      const row = channel.rows.get(index);
      if (messages.isDiscarded(row)) continue;
      const key = channel.transport === 'polling' ? 0 : messages.connection(row);
      const rows = rowsBy.get(key);
      if (rows === undefined) rowsBy.set(key, [row]);
      else rows.push(row);
    }
    return [...rowsBy.values()].flatMap((rows) => {
      const connection = connections.get(messages.connection(rows[0] ?? 0));
      return connection === undefined
        ? []
        : [{ connection, channel, rows: byTime(rows, messages) }];
    });
  });
}

/** What the network log adds comes late: the store keeps the order in which facts came. */
function byTime(rows: number[], { at }: MessageStore): readonly number[] {
  let before = -Infinity;
  for (const row of rows) {
    if (at(row) < before) return rows.sort((a, b) => at(a) - at(b) || a - b);
    before = at(row);
  }
  return rows;
}
