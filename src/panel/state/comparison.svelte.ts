import { type Comparison, compareSubjects } from '../../core/compare/compare.ts';
import { MOST_SUBJECTS, type MeasuredSubject } from '../../core/compare/subject.ts';
import type { Channel } from '../../core/channel.ts';
import type { Session } from '../../core/session.ts';
import { createStory } from '../../core/story/story.ts';
import type { Story } from '../../core/story/story-types.ts';
import type { WholeReading } from '../decoding/snapshots.ts';
import type { Decoding } from './decoding.svelte.ts';
import { CancelledError, giveWay, type SlicedJob } from './in-slices.ts';
import { measureSubject, type MeasuringRoom } from './measure-subject.ts';
import { readRows } from './read-rows.ts';
import {
  type Choice,
  choiceKey,
  joinChoices,
  type Source,
  splitChoice,
  subjectOf,
  usualChoices,
} from './subject-choices.ts';

interface ComparisonOptions {
  /** The session on the screen, and how it is called. */
  shown: () => { session: Session; name: string } | undefined;
  /** The channel that is selected leads. */
  selected: () => number | undefined;
  decoding: Decoding;
}

/** How far a comparison is. */
export interface ComparisonProgress {
  readonly done: number;
  /** Messages of all subjects. */
  readonly of: number;
}

const SHOWN = 'shown';

/**
 * What is compared with what, computed when it is asked for: a live session goes on, and what was compared stays as it was
 * until somebody wants it anew.
 */
export function createComparison({ shown, selected, decoding }: ComparisonOptions) {
  let sources = $state.raw<readonly Source[]>([]);
  let choices = $state.raw<readonly Choice[]>([]);
  let result = $state.raw<Comparison>();
  /** Messages in the subjects when they were measured. */
  let measuredMessages = $state(0);
  let progress = $state.raw<ComparisonProgress>();
  let error = $state('');
  let job: { isCancelled: boolean } | undefined;
  let lastTrace = 0;

  const stories = new WeakMap<Session, Story>();
  const readings = new WeakMap<Channel, { length: number; key: string; reading: WholeReading }>();

  const room: MeasuringRoom = {
    storyOf: (session) => {
      const story = stories.get(session) ?? createStory(session);
      stories.set(session, story);
      story.update();
      return story;
    },
    read: async (session, channel, current) => {
      const readWith = session === shown()?.session ? decoding.readWith(channel) : undefined;
      const { key = '' } = readWith ?? {};
      const known = readings.get(channel);
      const { length } = channel.rows;
      if (known?.length === length && known.key === key) return known.reading;
      const reading = await readRows(decoding.client, session, channel, readWith, current);
      readings.set(channel, { length, key, reading });
      return reading;
    },
  };

  const countOf = (list: readonly Channel[]) =>
    list.reduce((sum, { rows }) => sum + rows.length, 0);

  const subjectsNow = () =>
    choices.flatMap((choice) => {
      const subject = subjectOf(choice, sources);
      return subject === undefined ? [] : [subject];
    });

  async function run(): Promise<void> {
    if (job !== undefined) job.isCancelled = true;
    const own = { isCancelled: false };
    job = own;
    error = '';
    const subjects = subjectsNow();
    const of = subjects.reduce((sum, { channels }) => sum + countOf(channels), 0);
    progress = { done: 0, of };
    try {
      const measured: MeasuredSubject[] = [];
      let before = 0;
      for (const subject of subjects) {
        const from = before;
        const current: SlicedJob = {
          get isCancelled() {
            return own.isCancelled;
          },
          onProgress: (done) => {
            progress = { done: from + done, of };
          },
        };
        measured.push(await measureSubject(subject, room, current));
        before += countOf(subject.channels);
        progress = { done: before, of };
        await giveWay(current);
      }
      result = compareSubjects(measured);
      measuredMessages = of;
    } catch (failure) {
      if (job === own && !(failure instanceof CancelledError)) {
        error = failure instanceof Error ? failure.message : String(failure);
      }
    } finally {
      if (job === own) {
        job = undefined;
        progress = undefined;
      }
    }
  }

  function choose(next: readonly Choice[]): void {
    choices = next.slice(0, MOST_SUBJECTS);
    void run();
  }

  return {
    get sources() {
      return sources;
    },
    get choices() {
      return choices;
    },
    get result() {
      return result;
    },
    get progress() {
      return progress;
    },
    get error() {
      return error;
    },
    room,
    /** Messages that came since the subjects were measured; asked for with each paint. */
    newMessages: () =>
      result === undefined
        ? 0
        : Math.max(
            0,
            subjectsNow().reduce((sum, { channels }) => sum + countOf(channels), 0) -
              measuredMessages,
          ),
    /** Begins with what is on the screen; what was chosen of it before stays chosen. */
    open: () => {
      const now = shown();
      const isOther = sources[0]?.session !== now?.session;
      const traces = sources.filter(({ id }) => id !== SHOWN);
      if (now !== undefined) sources = [{ id: SHOWN, ...now }, ...traces];
      const [first] = sources;
      const hasLead = selected() !== undefined;
      if (first !== undefined && (isOther || choices.length === 0 || hasLead)) {
        choices = usualChoices(first, selected());
        result = undefined;
      }
      void run();
    },
    close: () => {
      if (job !== undefined) job.isCancelled = true;
    },
    cancel: () => {
      if (job !== undefined) job.isCancelled = true;
      progress = undefined;
    },
    again: () => void run(),
    isChosen: (choice: Choice) => choices.some((each) => choiceKey(each) === choiceKey(choice)),
    toggle: (choice: Choice) => {
      const key = choiceKey(choice);
      const others = choices.filter((each) => choiceKey(each) !== key);
      choose(others.length < choices.length ? others : [...choices, choice]);
    },
    remove: (index: number) => {
      choose(choices.filter((_, place) => place !== index));
    },
    /** The one that the others are compared with. */
    lead: (index: number) => {
      const own = choices[index];
      if (own !== undefined) choose([own, ...choices.filter((each) => each !== own)]);
    },
    join: (index: number) => {
      choose(joinChoices(choices, index));
    },
    split: (index: number) => {
      choose(splitChoice(choices, index));
    },
    /** A recording to choose subjects from; the whole of it is chosen at once. */
    addTrace: (name: string, session: Session) => {
      lastTrace += 1;
      const source: Source = { id: `trace ${lastTrace}`, name, session };
      sources = [...sources, source];
      const choice: Choice = { source: source.id, channels: 'all' };
      choose([...choices.slice(0, MOST_SUBJECTS - 1), choice]);
    },
    removeTrace: (id: string) => {
      sources = sources.filter((source) => source.id !== id);
      choose(choices.filter(({ source }) => source !== id));
    },
  };
}

export type ComparisonState = ReturnType<typeof createComparison>;
