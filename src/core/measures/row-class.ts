import type { Kind } from '../kinds/kind-book.ts';
import type { Subscription } from '../pairs/pair-book.ts';

/** What a message is for: the app's own words, signs of life, or what the protocol says for itself. */
export type RowClass = 'app' | 'heartbeat' | 'chatter';
export type ClassOfRow = (row: number) => RowClass;

/** What decoding tells of the rows of a channel. */
export interface ReadRows {
  readonly kinds: Iterable<Pick<Kind, 'name' | 'rows' | 'isHeartbeat' | 'isControl'>>;
  readonly subscriptions: Iterable<Pick<Subscription, 'askRow' | 'messages' | 'ended'>>;
}

/** How apps call what sets up and takes down, where no protocol says so. */
const CHATTER_NAMES =
  /^(?:un)?sub(?:scri(?:be|bed|ption|ptions))?$|^(?:re)?subscribe_?(?:ack|success|succeeded|error)$|^auth(?:enticate|enticated|orize|orized|_?ok|_?ack)?$|^(?:log_?in|hello|welcome|ack|connected|connection_?ack|handshake)$/iu;

/**
 * Classes of rows from what the story and the decoders say. A row with several units is the app's as soon as one of them is.
 * @param isHeartbeat as `Story.isHeartbeat`
 * @param read of each channel that was decoded
 */
export function classRows(
  isHeartbeat: (row: number) => boolean,
  read: Iterable<ReadRows>,
): ClassOfRow {
  const classes = new Map<number, RowClass>();
  for (const { kinds, subscriptions } of read) {
    const app: (typeof kinds extends Iterable<infer K> ? K : never)[] = [];
    for (const kind of kinds) {
      const isChatter = kind.isControl || CHATTER_NAMES.test(kind.name);
      if (!kind.isHeartbeat && !isChatter) {
        app.push(kind);
        continue;
      }
      const rowClass = kind.isHeartbeat ? 'heartbeat' : 'chatter';
      for (let index = 0; index < kind.rows.length; index += 1) {
        classes.set(kind.rows.get(index), rowClass);
      }
    }
    if (classes.size > 0) {
      for (const { rows } of app) {
        for (let index = 0; index < rows.length; index += 1) classes.delete(rows.get(index));
      }
    }
    for (const { askRow, messages, ended } of subscriptions) {
      // A query that is answered once is the app's own; only what goes on was subscribed to.
      if (messages > 1 || ended !== 'completed') classes.set(askRow, 'chatter');
    }
  }
  return (row) => classes.get(row) ?? (isHeartbeat(row) ? 'heartbeat' : 'app');
}
