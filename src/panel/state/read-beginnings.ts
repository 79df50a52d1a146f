import type { ReadMessages } from '../../core/advice/rule.ts';
import type { Channel } from '../../core/channel.ts';
import type { Session } from '../../core/session.ts';
import type { Decoding } from './decoding.svelte.ts';
import { CancelledError, type SlicedJob } from './in-slices.ts';
import { readRows, withColumns } from './read-rows.ts';

/** What a channel is about shows in its beginning: who subscribes does so early. */
const MOST_CHANNELS = 200;
const MOST_MESSAGES = 1_000;

interface Read {
  readonly key: string | undefined;
  /** How many rows it had. */
  readonly rows: number;
  readonly messages: ReadMessages;
}

/** Reads the beginnings of channels, each again only while it grows. */
export function createBeginnings(decoding: Decoding) {
  const known = new WeakMap<Channel, Read>();

  async function read(session: Session, channel: Channel, job: SlicedJob): Promise<ReadMessages> {
    const rows = Math.min(channel.rows.length, MOST_MESSAGES);
    const readWith = decoding.readWith(channel);
    const before = known.get(channel);
    if (before?.rows === rows && before.key === readWith?.key) {
      return before.messages;
    }
    const { client } = decoding;
    const reading = await readRows(client, session, channel, readWith, job, MOST_MESSAGES);
    const messages = withColumns(reading);
    known.set(channel, { key: readWith?.key, rows, messages });
    return messages;
  }

  return {
    /** By the numbers of the channels. @throws {CancelledError} */
    of: async (session: Session, job: SlicedJob): Promise<ReadonlyMap<number, ReadMessages>> => {
      const all = new Map<number, ReadMessages>();
      for (const channel of session.channels.slice(0, MOST_CHANNELS)) {
        try {
          all.set(channel.id, await read(session, channel, job));
        } catch (error) {
          // The thread was stopped, or died of a message: rules that need no meaning look all the same.
          if (error instanceof CancelledError) throw error;
        }
      }
      return all;
    },
  };
}
