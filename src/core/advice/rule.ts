import type { Channel } from '../channel.ts';
import type { Measures } from '../measures/measures.ts';
import type { DecodedChannel } from '../report-decoding.ts';
import type { Session } from '../session.ts';
import type { ChannelStory } from '../story/story-types.ts';
import type { WireCost } from '../wire-cost/wire-cost.ts';

export const SEVERITIES = ['info', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something worth telling, with what proves it. */
export interface Finding {
  /** The id of its rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** What was seen, in a sentence with numbers. */
  readonly summary: string;
  /** What to do, in a sentence. */
  readonly advice: string;
  /** What it costs if this advice is followed though it does not fit, in a sentence. */
  readonly ifWrong: string;
  /** What shows it: rows of messages and numbers of connections, at most ten of each. */
  readonly rows: readonly number[];
  readonly connections: readonly number[];
  /** The numbers of the channels that it is about. */
  readonly channels: readonly number[];
  /** How many messages and connections show it, those included that are not named; the more, the more it matters. */
  readonly weight: number;
}

/** What a rule is about, in the order in which people read of it. */
export const TOPICS = [
  'Transport',
  'Security',
  'Connections',
  'Reconnecting',
  'Staying alive',
  'Messages',
  'Event streams',
] as const;
export type Topic = (typeof TOPICS)[number];

/** What reading a channel's messages amounts to, as far as rules ask for it. */
export interface ReadMessages extends Pick<DecodedChannel, 'pairs' | 'subscriptions'> {
  readonly kinds: readonly Pick<
    DecodedChannel['kinds'][number],
    'name' | 'rows' | 'isHeartbeat' | 'isControl'
  >[];
}

/** A channel with all that is known of it. */
export interface Advised {
  readonly channel: Channel;
  readonly story: ChannelStory;
  /** Absent where nothing was decoded; of a long channel the panel reads the beginning. */
  readonly decoded: ReadMessages | undefined;
  /** Measured when it is asked for; `undefined` where the channel has too many messages for that. */
  readonly measures: () => Measures | undefined;
  /** As it is carried now, first, and then on each other carrier; empty for transports that nobody can choose instead. */
  readonly costs: () => readonly WireCost[];
}

/** What rules look at: a session that stands still while they do. */
export interface AdviceInput {
  readonly session: Pick<Session, 'header' | 'messages' | 'connections' | 'frames' | 'lastAt'>;
  readonly channels: readonly Advised[];
}

/** One rule: what it looks for, and where that stands to be read. */
export interface Rule {
  readonly id: string;
  readonly topic: Topic;
  /** In a few words, for lists and documentation. */
  readonly title: string;
  /** How we know: a specification, what browsers and proxies do, what the lab measured. */
  readonly source: string;
  /** Whether it looks at one channel at a time, or at all of them together. */
  readonly scope: 'channel' | 'session';
  /** No finding without evidence; a healthy app gets none. */
  readonly find: (input: AdviceInput) => Iterable<Finding>;
}
