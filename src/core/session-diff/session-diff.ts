import type { Channel } from '../channel.ts';
import type { Kind } from '../kinds/kind-book.ts';
import type { Pair } from '../pairs/pair-book.ts';
import type { Session } from '../session.ts';
import { type KindChange, kindChanges } from './kind-changes.ts';
import { type ChannelMatch, matchChannels } from './match-channels.ts';
import { type OrderChange, orderChanges } from './order-changes.ts';

/** A kind with all its messages. */
export interface DiffKind extends Pick<
  Kind,
  'name' | 'direction' | 'isHeartbeat' | 'isControl' | 'messages' | 'bytes'
> {
  /** Rows of the message store, oldest first. */
  readonly rows: ArrayLike<number>;
  /** Absent where nobody looked at its data. */
  readonly shape?: Kind['shape'];
}

/** A channel as it was read from its beginning to its end. */
export interface DiffChannel {
  readonly channel: Channel;
  readonly kinds: readonly DiffKind[];
  readonly pairs: readonly Pair[];
}

/** One of two recordings. */
export interface DiffSide {
  readonly session: Session;
  readonly channels: readonly DiffChannel[];
}

/** What changed in one channel from the one recording to the other. */
export interface ChannelChange {
  readonly before: DiffChannel;
  readonly after: DiffChannel;
  /** Why the two are taken for the same. */
  readonly basis: ChannelMatch['basis'];
  /** Every kind of either, what changed most first. */
  readonly kinds: readonly KindChange[];
  readonly order: readonly OrderChange[];
}

/** What changed from one recording to another of the same app: before and after a deploy, say. */
export interface SessionDiff {
  readonly channels: readonly ChannelChange[];
  readonly missing: readonly DiffChannel[];
  readonly added: readonly DiffChannel[];
}

/**
 * Compares two recordings, channel by channel and kind by kind. They need not be of the same length: what depends on that is
 * compared per second or per message.
 */
export function diffSessions(before: DiffSide, after: DiffSide): SessionDiff {
  const { matches, missing, added } = matchChannels(before, after);
  return {
    channels: matches.map(({ before: old, after: fresh, basis }) => ({
      before: old,
      after: fresh,
      basis,
      kinds: kindChanges({ ...before, ...old }, { ...after, ...fresh }),
      order: orderChanges(old, fresh),
    })),
    missing,
    added,
  };
}
