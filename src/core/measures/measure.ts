import type { Channel } from '../channel.ts';
import type { Pair } from '../pairs/pair-book.ts';
import type { Session } from '../session.ts';
import type { Story } from '../story/story-types.ts';
import type { Milliseconds } from '../units.ts';
import { findBackChannel } from './back-channel.ts';
import { deliveryDelay } from './delivery.ts';
import { directionUsed } from './direction.ts';
import { measureLoad, spanOf } from './load.ts';
import type { Measures } from './measures.ts';
import type { ClassOfRow } from './row-class.ts';
import { talksOf } from './talk.ts';
import { measureTime } from './time.ts';

/** What is measured, and what is known of it already. */
export interface MeasureInput {
  readonly session: Session;
  /** One, a group, or all of the session. */
  readonly channels: readonly Channel[];
  readonly story: Pick<Story, 'of'>;
  readonly classOf: ClassOfRow;
  /** Requests and answers of these channels; empty where nothing was decoded. */
  readonly pairs: readonly Pair[];
  /** Where living connections have come to; left out, the session's last fact. */
  readonly now?: Milliseconds;
}

/** Measures channels together: one pass over their messages; payloads are read for server times only, and few. */
export function measureChannels(input: MeasureInput): Measures {
  const { session, channels, story, classOf, pairs, now = session.lastAt } = input;
  const { messages, header } = session;
  const talks = talksOf(session, channels);
  const load = measureLoad(channels, talks, messages, now);
  const dropped = channels.reduce(
    (sum, { dropped: own }) => sum + own.sent.messages + own.received.messages,
    0,
  );
  const isPolling = channels.every(({ transport }) => transport === 'polling');
  const connections = channels.flatMap((channel) => channel.connections);
  const backChannel = findBackChannel(session, channels, talks, classOf);
  return {
    direction: {
      ...directionUsed(talks, messages, classOf, pairs, dropped),
      ...(backChannel !== undefined && { backChannel }),
    },
    time: measureTime({
      channels,
      talks,
      messages,
      classOf,
      pairs,
      outages: channels.flatMap(({ id }) => story.of(id)?.outages ?? []),
      delivery: deliveryDelay(talks, messages, classOf, header.startedAt),
      openTime: isPolling ? spanOf(connections, now) : load.openTime,
    }),
    load,
  };
}
