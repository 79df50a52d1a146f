const { imul } = Math;

/**
 * Numbers from 0 up to 1 that a seed decides: the same seed gives the same run. The counter and mixing of SplitMix32, which
 * are not for secrets. Runs in the page too, with nothing that a page can redefine.
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}
