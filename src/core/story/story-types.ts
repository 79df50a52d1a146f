import type { Channel } from '../channel.ts';
import type { BeatCount } from './beat-book.ts';
import type { Heartbeat, Silence } from './heartbeat-types.ts';
import type { Availability, Outage } from './outage-types.ts';
import type { Milliseconds } from '../units.ts';
import type { ReconnectPolicy } from './policy-types.ts';

/** What happened to one channel. */
export interface ChannelStory {
  channel: number;
  /** Oldest first. */
  outages: Outage[];
  availability: Availability;
  policy: ReconnectPolicy;
  /** The most frequent first; empty where none was found. */
  heartbeats: Heartbeat[];
  /** Absent where it never was open. */
  silence?: Silence;
}

/**
 * The story of each channel of a session, kept up to date. It holds what it has learned: an update costs in
 * proportion to what is new, asking again costs nothing.
 */
export interface Story {
  /**
   * Takes in what the session learned since the last time.
   * @param now the present time of a live session; left out, the recording has ended, and who did not try again gave up
   */
  update: (now?: Milliseconds) => void;
  /** The story of a channel by its number, as of the last update; the same object until something changes. */
  of: (channel: number) => ChannelStory | undefined;
  /** Whether a row of the message store is a heartbeat or the answer to one. */
  isHeartbeat: (row: number) => boolean;
  /** How many of a channel's messages are heartbeats, and when. */
  beatsOf: (channel: Channel) => BeatCount;
  /** Changes whenever an update changed anything that `of` or `isHeartbeat` answer. */
  readonly revision: number;
}
