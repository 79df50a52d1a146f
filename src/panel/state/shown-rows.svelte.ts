import type { Channel } from '../../core/channel.ts';
import type { NumberColumn } from '../../core/column.ts';
import type { Direction, DirectionTally } from '../../core/facts.ts';
import { asksForKinds, FilterError, type MessageTest, parseFilter } from '../../core/filter.ts';
import { createFilteredRows } from '../../core/filtered-rows.ts';
import type { Session } from '../../core/session.ts';
import { emptyTally } from '../../core/tally.ts';
import type { LiveStory } from './live-story.svelte.ts';
import type { Reading } from './reading.svelte.ts';

/** Rows that a list shows, and how far the filter has come. */
export interface ShownRows {
  readonly rows: NumberColumn;
  readonly count: number;
  /** 1 when every message has been tested. */
  readonly progress: number;
}

/** How many messages a filter tests in one frame: a few milliseconds of work. */
const TESTS_PER_FRAME = 20_000;

interface ShownRowsOptions {
  session: () => Session | undefined;
  channel: () => Channel | undefined;
  revision: () => number;
  /** What stands in the filter box. */
  text: () => string;
  onlyDirection: () => Direction | undefined;
  areBeatsHidden: () => boolean;
  story: LiveStory;
  reading: Reading;
}

/** The rows of the channel that pass the filter, found a piece a frame. */
export function createShownRows(options: ShownRowsOptions) {
  const { session, channel, revision, text, onlyDirection, areBeatsHidden, story, reading } =
    options;
  let testedRounds = $state(0);

  const filter = $derived.by((): { test: MessageTest | undefined; error: string } => {
    try {
      const test = parseFilter(text() + (areBeatsHidden() ? ' -heartbeat' : ''), {
        isHeartbeat: (row) => story.beats?.isHeartbeat(row) === true,
        kindOf: reading.kindOf,
      });
      return { test: withDirection(test, onlyDirection()), error: '' };
    } catch (error) {
      if (error instanceof FilterError) return { test: undefined, error: error.message };
      throw error;
    }
  });

  /** What was tested is tested again where messages turn out to be heartbeats, or of another kind. */
  const turns = $derived.by(() => {
    const of = channel();
    const beats = of === undefined ? undefined : story.beats?.beatsOf(of).turns;
    return `${beats ?? 0} ${reading.turns}`;
  });

  const hiddenBeats = $derived.by((): DirectionTally => {
    const [beats, of] = [story.beats, channel()];
    if (!areBeatsHidden() || of === undefined || beats === undefined) return emptyTally();
    const { sent, received } = beats.beatsOf(of).tally;
    return { sent: { ...sent }, received: { ...received } };
  });

  const filtered = $derived.by(() => {
    void turns;
    const [current, of] = [session(), channel()];
    return filter.test === undefined || of === undefined || current === undefined
      ? undefined
      : createFilteredRows(of.rows, current.messages, filter.test);
  });

  const shown = $derived.by((): ShownRows | undefined => {
    void revision();
    void testedRounds;
    const of = channel();
    if (of === undefined) return undefined;
    if (filtered === undefined) return { rows: of.rows, count: of.rows.length, progress: 1 };
    const { rows, tested } = filtered;
    const progress = of.rows.length === 0 ? 1 : tested / of.rows.length;
    return { rows, count: rows.length, progress };
  });

  $effect(() => {
    void revision();
    void testedRounds;
    if (filtered === undefined) return undefined;
    // Whether a row is a heartbeat is known when the story has taken it in.
    void story.beats;
    const before = filtered.tested;
    const known = asksForKinds(text()) ? reading.read : Infinity;
    const isDone = filtered.advance(TESTS_PER_FRAME, known);
    if (isDone && filtered.tested === before) return undefined;
    const frame = requestAnimationFrame(() => (testedRounds += 1));
    return () => {
      cancelAnimationFrame(frame);
    };
  });

  return {
    get shown() {
      return shown;
    },
    /** Why the filter cannot be read; empty where it can. */
    get filterError() {
      return filter.error;
    },
    /** How many messages of the channel are not shown for being heartbeats. */
    get hiddenBeats() {
      return hiddenBeats;
    },
  };
}

function withDirection(
  test: MessageTest | undefined,
  only: Direction | undefined,
): MessageTest | undefined {
  if (only === undefined) return test;
  return (message, row) => message.direction === only && (test === undefined || test(message, row));
}
