import { untrack } from 'svelte';
import type { Channel } from '../../core/channel.ts';
import type { Pair } from '../../core/pairs/pair-book.ts';
import { pairOf } from '../../core/pairs/pick-pairs.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { Decoding } from './decoding.svelte.ts';
import type { Reading } from './reading.svelte.ts';

interface SelectedPairOptions {
  channel: () => Channel | undefined;
  row: () => number | undefined;
  /** Grows with what arrives: an answer may be among it. */
  revision: () => number;
  decoding: Decoding;
  reading: Reading;
}

/** Who runs through a list with the keys asks for nothing on the way; who waits for an answer asks as often. */
const REST: Milliseconds = 150;

/** The pair that the selected message asks or answers: its own neighbours tell, or what was read of the channel. */
export function createSelectedPair(options: SelectedPairOptions) {
  const { channel, row, revision, decoding, reading } = options;
  let pair = $state.raw<Pair>();
  let turn = 0;
  /** The turn that has asked and waits its rest. */
  let asking: number | undefined;

  const known = $derived.by((): Pair | undefined => {
    const [selected, pairs] = [row(), reading.pairs];
    if (selected === undefined || pairs === undefined) return undefined;
    const { slowest, open, picked } = pairs;
    return [slowest, picked.pairs, open]
      .map((list) => pairOf(list, selected))
      .find((found) => found !== undefined);
  });

  $effect(() => {
    const [of, selected] = [channel(), row()];
    void (of && decoding.readWith(of)?.key);
    pair = undefined;
    ask(of, selected);
    return () => {
      turn += 1;
    };
  });

  $effect(() => {
    void revision();
    untrack(() => {
      if (pair?.outcome === 'open') ask(channel(), row());
    });
  });

  function ask(of: Channel | undefined, selected: number | undefined): void {
    const mine = turn;
    if (of === undefined || selected === undefined || asking === mine) return;
    asking = mine;
    setTimeout(() => {
      if (mine !== turn) return;
      asking = undefined;
      decoding.pair(of, selected).then(
        (found) => {
          if (mine === turn) pair = found;
        },
        // Nothing is drawn; that decoding failed is told where the message is shown.
        () => undefined,
      );
    }, REST);
  }

  return {
    get pair(): Pair | undefined {
      return pair?.outcome === 'open' ? (known ?? pair) : (pair ?? known);
    },
  };
}
