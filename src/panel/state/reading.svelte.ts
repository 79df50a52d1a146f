import { untrack } from 'svelte';
import type { Channel } from '../../core/channel.ts';
import { createRowKinds, type RowKinds } from '../../core/kinds/row-kinds.ts';
import type { Session } from '../../core/session.ts';
import type { Shape } from '../../core/shape/shape.ts';
import type { TimeWindow } from '../../core/time-window.ts';
import type { Bytes, Milliseconds } from '../../core/units.ts';
import { rowMessageOf, type RowMessage } from '../../decoders/row-message.ts';
import { carriersOf } from '../decoding/context.ts';
import type {
  AnswersSnapshot,
  KindsSnapshot,
  PairsSnapshot,
  TakenRows,
} from '../decoding/snapshots.ts';
import type { Decoding, ReadWith } from './decoding.svelte.ts';

/** All messages of the channel that is looked at, read in a thread of its own, as far as it has come. */
export interface Reading {
  /** `undefined` until the first have been read; while nobody needs them they stand still. */
  readonly kinds: KindsSnapshot | undefined;
  readonly pairs: PairsSnapshot | undefined;
  /** `undefined` too where the channel carries no answers of a language model. */
  readonly answers: AnswersSnapshot | undefined;
  /** Of the channel's rows, how many have been read. */
  readonly read: number;
  /** 1 when every message has been read. */
  readonly progress: number;
  /** Why nothing more is read; empty while all is well. */
  readonly error: string;
  /** The kind of a row; `undefined` where it is not read yet. */
  kindOf: (row: number) => string | undefined;
  /** Grows when rows become another kind than they were. */
  readonly turns: number;
  shapeOf: (kind: number) => Promise<Shape | undefined>;
  /** Reads from the beginning, after an error. */
  again: () => void;
}

interface ReadingOptions {
  session: () => Session | undefined;
  channel: () => Channel | undefined;
  revision: () => number;
  /** The stretch that sparklines show. */
  window: () => TimeWindow;
  /** Whether anything on the screen asks for kinds or pairs. */
  isNeeded: () => boolean;
  decoding: Decoding;
}

/** Copying a piece to the thread takes the panel a few milliseconds at most. */
const MOST_MESSAGES = 1_000;
const MOST_BYTES: Bytes = 2_000_000;
/** Nobody reads numbers faster. */
const PACE: Milliseconds = 300;

/** One reading of one channel. */
interface Run {
  readonly id: number;
  readonly session: Session;
  readonly channel: Channel;
  readonly key: string;
  /** Rows of the channel that were handed over. */
  next: number;
  kinds: RowKinds;
  names: readonly string[];
  isBusy: boolean;
  /** How much was read, and of which window, when it was shown; and when that was. */
  shown: string;
  shownAt: number;
}

const pause = (time: Milliseconds): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, time));

export function createReading(options: ReadingOptions): Reading {
  const { session, channel, revision, window, isNeeded, decoding } = options;
  const { client } = decoding;
  let lastId = 0;
  let run: Run | undefined;
  let kinds = $state.raw<KindsSnapshot>();
  let pairs = $state.raw<PairsSnapshot>();
  let answers = $state.raw<AnswersSnapshot>();
  let progress = $state(0);
  let readRows = $state(0);
  let error = $state('');
  let turns = $state(0);
  let restarts = $state(0);

  function leave(): void {
    if (run !== undefined) void client.close(run.id).catch(() => undefined);
    run = undefined;
    kinds = undefined;
    pairs = undefined;
    answers = undefined;
    progress = 0;
    readRows = 0;
  }

  function begin(current: Session, of: Channel, readWith: ReadWith): Run {
    leave();
    lastId += 1;
    error = '';
    const fresh: Run = {
      id: lastId,
      session: current,
      channel: of,
      key: readWith.key,
      next: 0,
      kinds: createRowKinds(),
      names: [],
      isBusy: false,
      shown: '',
      shownAt: -Infinity,
    };
    run = fresh;
    turns += 1;
    return fresh;
  }

  async function read(current: Run, { stack, given }: ReadWith): Promise<void> {
    if (current.isBusy) return;
    current.isBusy = true;
    try {
      if (current.next === 0) await client.open(current.id, stack);
      while (run === current && untrack(isNeeded)) {
        const piece = nextPiece(current);
        if (piece.length > 0) {
          const carriers = carriersOf(current.session, piece, given);
          note(current, await client.take(current.id, piece, carriers));
        }
        if (run === current) readRows = current.next;
        const rest = current.shownAt + PACE - performance.now();
        if (rest <= 0) await show(current);
        else if (hasMore(current)) continue;
        else await pause(rest);
        if (isUpToDate(current)) break;
      }
    } catch (failure) {
      if (run === current) error = failure instanceof Error ? failure.message : String(failure);
    } finally {
      current.isBusy = false;
    }
  }

  const hasMore = ({ next, channel: { rows } }: Run): boolean => next < rows.length;

  /** What stands on the screen is all that there is. */
  const isUpToDate = (current: Run): boolean =>
    !hasMore(current) && current.shown === shownKey(current);

  function nextPiece(current: Run): RowMessage[] {
    const { rows } = current.channel;
    const piece: RowMessage[] = [];
    let size = 0;
    while (current.next < rows.length && piece.length < MOST_MESSAGES && size < MOST_BYTES) {
      const message = rowMessageOf(current.session, rows.get(current.next));
      current.next += 1;
      if (message === undefined) continue;
      piece.push(message);
      size += message.payload.length;
    }
    return piece;
  }

  function note(current: Run, { rows, kinds: ids, names }: TakenRows): void {
    if (run !== current) return;
    const before = current.names;
    current.names = names;
    rows.forEach((row, index) => {
      current.kinds.set(row, ids[index] ?? 0);
    });
    if (before.some((name, index) => name !== names[index])) turns += 1;
  }

  const shownKey = ({ next }: Run): string => {
    const { from, to } = untrack(window);
    return `${next} ${from} ${to}`;
  };

  async function show(current: Run): Promise<void> {
    const key = shownKey(current);
    const stretch = untrack(window);
    const [nextKinds, nextPairs, nextAnswers] = await Promise.all([
      client.kinds(current.id, stretch),
      client.pairs(current.id, stretch),
      client.answers(current.id),
    ]);
    if (run !== current) return;
    current.shown = key;
    current.shownAt = performance.now();
    kinds = nextKinds;
    pairs = nextPairs;
    answers = nextAnswers;
    const { length } = current.channel.rows;
    progress = length === 0 ? 1 : current.next / length;
  }

  const wanted = $derived.by(() => {
    const [current, of] = [session(), channel()];
    if (!isNeeded() || current === undefined || of === undefined) return undefined;
    const readWith = decoding.readWith(of);
    return readWith === undefined ? undefined : { current, of, readWith };
  });

  $effect(() => {
    void revision();
    void restarts;
    void window();
    const now = wanted;
    const isOther = run !== undefined && (run.session !== session() || run.channel !== channel());
    untrack(() => {
      if (now === undefined) {
        // What was read of this channel stays: whoever comes back goes on from there.
        if (isOther) leave();
        return;
      }
      const { current, of, readWith } = now;
      const isSame = run?.session === current && run.channel === of && run.key === readWith.key;
      const active = isSame && run !== undefined ? run : begin(current, of, readWith);
      if (error === '') void read(active, readWith);
    });
  });

  return {
    get kinds() {
      return kinds;
    },
    get pairs() {
      return pairs;
    },
    get answers() {
      return answers;
    },
    get read() {
      return readRows;
    },
    get progress() {
      return progress;
    },
    get error() {
      return error;
    },
    get turns() {
      return turns;
    },
    kindOf: (row) => {
      const id = run?.kinds.of(row);
      return id === undefined ? undefined : run?.names[id];
    },
    shapeOf: (kind) =>
      run === undefined ? Promise.resolve(undefined) : client.shape(run.id, kind),
    again: () => {
      leave();
      error = '';
      restarts += 1;
    },
  };
}
