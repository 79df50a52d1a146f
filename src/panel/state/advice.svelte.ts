import { untrack } from 'svelte';
import { type Advice, adviseInSteps } from '../../core/advice/advise.ts';
import { adviceInputOf } from '../../core/advice/advice-input.ts';
import type { Finding } from '../../core/advice/rule.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { Decoding } from './decoding.svelte.ts';
import { CancelledError, inSlices, type SlicedJob } from './in-slices.ts';
import type { LiveStory } from './live-story.svelte.ts';
import { createBeginnings } from './read-beginnings.ts';

interface AdviceOptions {
  session: () => Session | undefined;
  revision: () => number;
  story: LiveStory;
  decoding: Decoding;
  /** The findings about a channel are shown. */
  isShown: () => boolean;
}

/** What the rules say of the session that is shown, while somebody looks. */
export interface LiveAdvice {
  /** Whether those of the whole session are shown. */
  isOpen: boolean;
  /** `undefined` until the rules have looked once. */
  readonly current: Advice | undefined;
  /** Those that are about a channel, also where they are about others too. */
  of: (channel: number) => readonly Finding[];
}

/** What rules find stays true for a while, and they look at thousands of messages. */
const PACE: Milliseconds = 3_000;
/** Measuring a channel walks its messages in one go. */
const MOST_MEASURED = 50_000;

export function createLiveAdvice(options: AdviceOptions): LiveAdvice {
  const { session, revision, story, decoding, isShown } = options;
  const beginnings = createBeginnings(decoding);
  let isOpen = $state(false);
  let found = $state.raw<{ of: Session; advice: Advice }>();
  const current = $derived(found?.of === session() ? found?.advice : undefined);

  $effect(() => {
    const of = session();
    if (of === undefined || !(isOpen || isShown())) return undefined;
    let isOver = false;
    void untrack(() => keepLooking(of, () => isOver));
    return () => {
      isOver = true;
    };
  });

  async function keepLooking(of: Session, isOver: () => boolean): Promise<void> {
    let seen = -1;
    while (!isOver()) {
      if (revision() !== seen) {
        seen = revision();
        const advice = await look(of, isOver);
        if (advice !== undefined) found = { of, advice };
      }
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
  }

  /** Looks in slices; `undefined` where nobody waits for it any more. */
  async function look(of: Session, isOver: () => boolean): Promise<Advice | undefined> {
    const job: SlicedJob = {
      get isCancelled() {
        return isOver();
      },
      onProgress: () => undefined,
    };
    try {
      const input = adviceInputOf({
        session: of,
        story: { of: story.of, isHeartbeat: (row) => story.beats?.isHeartbeat(row) === true },
        decoded: await beginnings.of(of, job),
        mostMeasured: MOST_MEASURED,
      });
      return await inSlices(adviseInSteps(input), job);
    } catch (error) {
      if (error instanceof CancelledError) return undefined;
      throw error;
    }
  }

  return {
    get isOpen() {
      return isOpen;
    },
    set isOpen(next) {
      isOpen = next;
    },
    get current() {
      return current;
    },
    of: (channel) => current?.findings.filter(({ channels }) => channels.includes(channel)) ?? [],
  };
}
