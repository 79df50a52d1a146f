import { untrack } from 'svelte';
import type { Session } from '../../core/session.ts';
import { createStory } from '../../core/story/story.ts';
import type { ChannelStory, Story } from '../../core/story/story-types.ts';
import type { Milliseconds } from '../../core/units.ts';

/** The story of the session that is shown, as far as it has come. */
export interface LiveStory {
  of: (channel: number) => ChannelStory | undefined;
  /** What is a heartbeat; up to date with what is shown. */
  readonly beats: Pick<Story, 'isHeartbeat' | 'beatsOf'> | undefined;
}

interface LiveStoryOptions {
  session: () => Session | undefined;
  revision: () => number;
  /** The user's own changes, which are told at once. */
  edits: () => number;
  now: () => Milliseconds;
  /** Whether time goes on. */
  isLive: () => boolean;
  /** A trace that is looked at: what has not happened in it never will. */
  hasEnded: () => boolean;
}

/** How often a story is told anew while it goes on: what it says changes with each moment, and nobody reads faster. */
const PACE: Milliseconds = 250;

/** Takes in what is new with each paint, and tells a channel's story when somebody looks, four times a second at most. */
export function createLiveStory(options: LiveStoryOptions): LiveStory {
  const { session, revision, edits, now, isLive, hasEnded } = options;
  const story = $derived.by(() => {
    const current = session();
    return current === undefined ? undefined : createStory(current);
  });

  const taken = $derived.by(() => {
    void revision();
    void edits();
    story?.update(hasEnded() ? undefined : now());
    return story?.revision;
  });

  const turn = $derived(isLive() ? Math.floor(now() / PACE) : revision());

  const told = $derived.by(() => {
    void turn;
    void edits();
    void story;
    const stories: Record<number, ChannelStory | undefined> = {};
    return stories;
  });

  return {
    of: (channel) => {
      const known = told;
      if (!(channel in known)) {
        untrack(() => {
          void taken;
          known[channel] = story?.of(channel);
        });
      }
      return known[channel];
    },
    get beats() {
      void taken;
      return story;
    },
  };
}
