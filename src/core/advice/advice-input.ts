import type { Channel } from '../channel.ts';
import { measureChannels } from '../measures/measure.ts';
import { classRows } from '../measures/row-class.ts';
import type { Session } from '../session.ts';
import type { Story } from '../story/story-types.ts';
import type { Compression } from '../wire-cost/compression.ts';
import { wireCosts } from '../wire-cost/wire-costs.ts';
import type { Advised, AdviceInput, ReadMessages } from './rule.ts';

/** What is known of a session beside its facts. */
export interface AdviceSources {
  readonly session: Session;
  readonly story: Pick<Story, 'of' | 'isHeartbeat'>;
  /** By the number of the channel, where it was read. */
  readonly decoded?: ReadonlyMap<number, ReadMessages>;
  /** By the number of the channel, where it was measured how payloads compress; without it costs are those before compression. */
  readonly compressions?: ReadonlyMap<number, Compression>;
  /** Channels with more messages are not measured, for that walks all of them; left out, every one is. */
  readonly mostMeasured?: number;
}

/** What rules look at, of all channels that are shown. */
export function adviceInputOf(sources: AdviceSources): AdviceInput {
  const { session, story, decoded } = sources;
  return {
    session,
    channels: session.channels.flatMap((channel) => {
      const told = channel.isSetAside ? undefined : story.of(channel.id);
      if (told === undefined) return [];
      const read = decoded?.get(channel.id);
      return [{ channel, story: told, decoded: read, ...measuresOf(sources, channel, read) }];
    }),
  };
}

/** Measured when a rule asks, and once. */
function measuresOf(
  { session, story, compressions, mostMeasured = Infinity }: AdviceSources,
  channel: Channel,
  decoded: ReadMessages | undefined,
): Pick<Advised, 'measures' | 'costs'> {
  const classOf = once(() => classRows(story.isHeartbeat, decoded === undefined ? [] : [decoded]));
  const isMeasured = channel.rows.length <= mostMeasured;
  const pairs = decoded?.pairs ?? [];
  const compression = compressions?.get(channel.id);
  const sources = () => ({
    classOf: classOf(),
    ...(compression !== undefined && { compression }),
  });
  return {
    measures: once(() =>
      isMeasured
        ? measureChannels({ session, channels: [channel], story, classOf: classOf(), pairs })
        : undefined,
    ),
    costs: once(() => (isMeasured ? wireCosts(session, channel, sources()) : [])),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
