import type { Channel } from '../../core/channel.ts';
import type { Decoded, ProtocolId } from '../../core/decoded/decoded.ts';
import type { Pair } from '../../core/pairs/pair-book.ts';
import type { Session } from '../../core/session.ts';
import { siteOf } from '../../core/endpoint.ts';
import type { Choice } from '../../decoders/choose.ts';
import type { GivenProto } from '../../decoders/decoder.ts';
import { samplesOf } from '../../decoders/row-message.ts';
import { createDecodingClient, type DecodingClient } from '../decoding/client.ts';
import { neighboursOf, sceneOf } from '../decoding/context.ts';
import type { Difference, RowWords } from '../decoding/snapshots.ts';
import { createKeptDecoders } from './kept-decoders.svelte.ts';
import { createProtoFiles } from './proto-files.svelte.ts';
import type { ProtoPlace } from './proto-store.ts';

/** What a channel is read with. */
export interface ReadWith {
  readonly stack: readonly ProtocolId[];
  /** The user's word, or ours with its reasons; absent where nothing was recognised. */
  readonly choice: Choice | undefined;
  readonly isUsersChoice: boolean;
  /** What the user gave to read Protobuf by. */
  readonly given: GivenProto;
  /** Another one: all that was read is to be read anew. */
  readonly key: string;
}

/** Decoding of what is looked at, in a thread of its own. */
export interface Decoding {
  /** For those that read whole channels. */
  readonly client: DecodingClient;
  /** `undefined` until it has been found out; asking is what begins it. */
  readWith: (channel: Channel) => ReadWith | undefined;
  /** @param stack `undefined`: by evidence again */
  override: (channel: Channel, stack: readonly ProtocolId[] | undefined) => void;
  /** Where its `.proto` files are kept; `undefined` for a channel that is not read as Protobuf. */
  protoPlace: (channel: Channel) => ProtoPlace | undefined;
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

const isReadByProto = (stack: readonly ProtocolId[]): boolean =>
  stack.at(-1) === 'protobuf' || stack.at(-1) === 'grpc-web';

const NOTHING_GIVEN: { given: GivenProto; version: number } = { given: {}, version: 0 };

/** By the numbers of the channels. */
type Known = Readonly<
  Record<number, { readonly channel: Channel; readonly choice: Choice | undefined }>
>;

export function createDecoding({ session, revision }: DecodingOptions): Decoding {
  const client = createDecodingClient();
  const kept = createKeptDecoders();
  const protoFiles = createProtoFiles(client.lookAtProto);
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
    if (chosen === undefined && !isFound) return undefined;
    const own = chosen ?? choice?.stack ?? [];
    const proto = isReadByProto(own) ? givenFor(current, channel) : NOTHING_GIVEN;
    if (proto === undefined) return undefined;
    const { given, version } = proto;
    const isOpenFrame = chosen === undefined && own.at(-1) === 'grpc-web';
    // Frames whose content nobody recognised are read by what the user gave.
    const stack: ReadWith['stack'] =
      isOpenFrame && given.protoFiles !== undefined ? [...own, 'protobuf'] : own;
    const key = `${stack.join(' ')} ${version}`;
    return { stack, choice, isUsersChoice: chosen !== undefined, given, key };
  }

  /** `undefined` while storage is being read. */
  function givenFor(current: Session, { endpoint }: Channel) {
    const site = protoFiles.of(siteOf(current.header));
    if (site === undefined || site.files.length === 0) return site && NOTHING_GIVEN;
    const given = { protoFiles: site.files, protoTypes: site.types[endpoint] ?? {} };
    return { given, version: site.version };
  }

  function sceneFor(channel: Channel, first: number, last: number, before?: number) {
    const current = session();
    if (current === undefined) return undefined;
    return sceneOf(current, channel.rows, [first, last], givenOf(channel), before);
  }

  const givenOf = (channel: Channel): GivenProto => readWith(channel)?.given ?? {};
  const stackOf = (channel: Channel): readonly ProtocolId[] => readWith(channel)?.stack ?? [];

  return {
    client,
    readWith,
    override: (channel, stack) => {
      const current = session();
      if (current !== undefined) void kept.choose(siteOf(current.header), channel.endpoint, stack);
    },
    protoPlace: (channel) => {
      const current = session();
      const stack = readWith(channel)?.stack ?? [];
      if (current === undefined || !isReadByProto(stack)) return undefined;
      return { protoFiles, site: siteOf(current.header), endpoint: channel.endpoint };
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
      const { context, carriers } = neighboursOf(current, channel.rows, row, givenOf(channel));
      return client.pair(stackOf(channel), context, carriers, row);
    },
  };
}
