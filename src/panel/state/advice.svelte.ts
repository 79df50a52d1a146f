import { untrack } from 'svelte';
import { type Advice, adviseInSteps } from '../../core/advice/advise.ts';
import { adviceInputOf } from '../../core/advice/advice-input.ts';
import type { Finding } from '../../core/advice/rule.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { LiveStory } from './live-story.svelte.ts';

interface AdviceOptions {
  session: () => Session | undefined;
  revision: () => number;
  story: LiveStory;
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
/** The longest that the rules work before others get their turn. */
const SLICE: Milliseconds = 6;

const rest = (time: Milliseconds): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, time);
  });

export function createLiveAdvice(options: AdviceOptions): LiveAdvice {
  const { session, revision, story, isShown } = options;
  let isOpen = $state(false);
  let found = $state.raw<{ of: Session; advice: Advice }>();
  const current = $derived(found?.of === session() ? found?.advice : undefined);

  $effect(() => {
    const of = session();
    if (of === undefined || !(isOpen || isShown())) return undefined;
    const turn = { isOver: false };
    void untrack(() => keepLooking(of, turn));
    return () => {
      turn.isOver = true;
    };
  });

  async function keepLooking(of: Session, turn: { isOver: boolean }): Promise<void> {
    let seen = -1;
    while (!turn.isOver) {
      if (revision() !== seen) {
        seen = revision();
        const advice = await look(of, turn);
        if (advice !== undefined) found = { of, advice };
      }
      await rest(PACE);
    }
  }

  /** Looks in slices; `undefined` where nobody waits for it any more. */
  async function look(of: Session, turn: { isOver: boolean }): Promise<Advice | undefined> {
    const steps = adviseInSteps(
      adviceInputOf({
        session: of,
        story: { of: story.of, isHeartbeat: (row) => story.beats?.isHeartbeat(row) === true },
        mostMeasured: MOST_MEASURED,
      }),
    );
    let until = performance.now() + SLICE;
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      if (performance.now() < until) continue;
      await rest(0);
      if (turn.isOver) return undefined;
      until = performance.now() + SLICE;
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
