import type { Channel } from '../../core/channel.ts';
import type { RowWords } from '../decoding/snapshots.ts';
import { createWordCache } from '../decoding/word-cache.ts';
import type { Decoding } from './decoding.svelte.ts';

/** What the rows of the list that are in sight say when they are decoded. */
export interface ListWords {
  /** `undefined` while it is not known, and where decoding says no more than the payload itself. */
  of: (row: number) => RowWords | undefined;
}

interface ListWordsOptions {
  channel: () => Channel | undefined;
  decoding: Decoding;
}

/** Stacks that say no more than the payload itself. */
const PLAIN = new Set([undefined, '', 'json', 'text']);

export function createListWords({ channel, decoding }: ListWordsOptions): ListWords {
  /** Grows with each answer. */
  let answers = $state(0);

  const readWith = $derived.by(() => {
    const of = channel();
    return of === undefined ? undefined : decoding.readWith(of);
  });
  const key = $derived(readWith?.key);
  const isPlain = $derived(PLAIN.has(readWith?.stack.join(' ')));
  const cache = $derived.by(() => {
    const of = channel();
    void key;
    if (of === undefined || isPlain) return undefined;
    return createWordCache(
      (first, last) => decoding.words(of, first, last),
      () => (answers += 1),
    );
  });

  return {
    of: (row) => {
      void answers;
      return cache?.of(row);
    },
  };
}
