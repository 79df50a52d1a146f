import type { Channel } from '../../core/channel.ts';
import type { Decoded, ProtocolId } from '../../core/decoded/decoded.ts';
import type { Pair } from '../../core/pairs/pair-book.ts';
import type { Session } from '../../core/session.ts';
import { siteOf } from '../../core/endpoint.ts';
import type { Choice } from '../../decoders/choose.ts';
import { samplesOf } from '../../decoders/row-message.ts';
import { createDecodingClient, type DecodingClient } from '../decoding/client.ts';
import { neighboursOf, sceneOf } from '../decoding/context.ts';
import type { Difference, RowWords } from '../decoding/snapshots.ts';
import { createKeptDecoders } from './kept-decoders.svelte.ts';

/** What a channel is read with. */
export interface ReadWith {
  readonly stack: readonly ProtocolId[];
  /** The user's word, or ours with its reasons; absent where nothing was recognised. */
  readonly choice: Choice | undefined;
  readonly isUsersChoice: boolean;
}

/** Decoding of what is looked at, in a thread of its own. */
export interface Decoding {
  /** For those that read whole channels. */
  readonly client: DecodingClient;
  /** `undefined` until it has been found out; asking is what begins it. */
  readWith: (channel: Channel) => ReadWith | undefined;
  /** @param stack `undefined`: by evidence again */
  override: (channel: Channel, stack: readonly ProtocolId[] | undefined) => void;
  /** @throws {DecodingError} */
  decode: (channel: Channel, row: number) => Promise<Decoded>;
  /** Rows next to each other, as a list shows them. @throws {DecodingError} */
  words: (channel: Channel, first: number, last: number) => Promise<readonly RowWords[]>;
  /** To the message of the same kind before. @throws {DecodingError} */
  difference: (channel: Channel, row: number) => Promise<Difference | undefined>;
  /** What a message asks or answers, as far as its neighbours tell. @throws {DecodingError} */
  pair: (channel: Channel, row: number) => Promise<Pair | undefined>;
}

interface DecodingOptions {
  session: () => Session | undefined;
  revision: () => number;
}

/** A channel is looked at again when it has this many times as many messages, until it has `ENOUGH`. */
const GROWTH = 4;
const ENOUGH = 256;
/** The message of the same kind before is looked for so far back. */
const FAR_BACK = 400;

/** By the numbers of the channels. */
type Known = Readonly<
  Record<number, { readonly channel: Channel; readonly choice: Choice | undefined }>
>;

export function createDecoding({ session, revision }: DecodingOptions): Decoding {
  const client = createDecodingClient();
  const kept = createKeptDecoders();
  let known = $state.raw<Known>({});
  /** How many rows a channel had when it was looked at. */
  const asked = new WeakMap<Channel, number>();

  function isDue({ rows }: Channel, before: number | undefined): boolean {
    if (rows.length === 0) return false;
    return before === undefined || (before < ENOUGH && rows.length >= before * GROWTH);
  }

  async function look(current: Session, channel: Channel): Promise<void> {
    const samples = samplesOf(current, channel);
    const rows = channel.rows.length;
    asked.set(channel, rows);
    if (samples === undefined) return;
    const choice = await client.choose(samples);
    if (session() === current) known = { ...known, [channel.id]: { channel, choice } };
  }

  function readWith(channel: Channel): ReadWith | undefined {
    const current = session();
    if (current === undefined) return undefined;
    void revision();
    const chosen = kept.of(siteOf(current.header), channel.endpoint);
    if (isDue(channel, asked.get(channel))) {
      void look(current, channel).catch(() => asked.delete(channel));
    }
    const found = known[channel.id];
    const isFound = found?.channel === channel;
    const choice = isFound ? found.choice : undefined;
    if (chosen !== undefined) return { stack: chosen, choice, isUsersChoice: true };
    if (!isFound) return undefined;
    return { stack: choice?.stack ?? [], choice, isUsersChoice: false };
  }

  function sceneFor(channel: Channel, first: number, last: number, before?: number) {
    const current = session();
    if (current === undefined) return undefined;
    return sceneOf(current, channel.rows, [first, last], before);
  }

  const stackOf = (channel: Channel): readonly ProtocolId[] => readWith(channel)?.stack ?? [];

  return {
    client,
    readWith,
    override: (channel, stack) => {
      const current = session();
      if (current !== undefined) void kept.choose(siteOf(current.header), channel.endpoint, stack);
    },
    decode: (channel, row) => {
      const scene = sceneFor(channel, row, row);
      if (scene === undefined || scene.from === scene.context.length) {
        return Promise.resolve({ parts: [] });
      }
      return client.decode(stackOf(channel), scene.context, scene.carriers);
    },
    words: (channel, first, last) => {
      const scene = sceneFor(channel, first, last);
      if (scene === undefined) return Promise.resolve([]);
      return client.words(stackOf(channel), scene.context, scene.carriers, scene.from);
    },
    difference: (channel, row) => {
      const scene = sceneFor(channel, row, row, FAR_BACK);
      if (scene === undefined) return Promise.resolve(undefined);
      return client.difference(stackOf(channel), scene.context, scene.carriers);
    },
    pair: (channel, row) => {
      const current = session();
      if (current === undefined) return Promise.resolve(undefined);
      const { context, carriers } = neighboursOf(current, channel.rows, row);
      return client.pair(stackOf(channel), context, carriers, row);
    },
  };
}
