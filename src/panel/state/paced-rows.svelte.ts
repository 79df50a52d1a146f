import type { ShownRows } from './shown-rows.svelte.ts';

/** More new rows than this are more than anybody reads at a time. */
const READABLE = 20;
/** How often a list follows rows that come faster than that, in milliseconds. */
const PACE = 250;

/**
 * How many rows a list shows. It follows at once while rows come one by one; in a flood, four times a second:
 * a list that makes all its rows anew in each frame answers no click, and nobody could read it.
 */
export function createPacedRows(shown: () => ShownRows | undefined): { readonly count: number } {
  let turns = $state(0);
  let last: ShownRows | undefined;
  let followedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const count = $derived.by((): number => {
    void turns;
    const next = shown();
    const isSame = last !== undefined && next?.rows === last.rows;
    const added = (next?.count ?? 0) - (last?.count ?? 0);
    const rest = followedAt + PACE - performance.now();
    if (isSame && added > READABLE && rest > 0) {
      timer ??= setTimeout(() => {
        timer = undefined;
        turns += 1;
      }, rest);
      return last?.count ?? 0;
    }
    if (!isSame || added > 0) followedAt = performance.now();
    last = next;
    return next?.count ?? 0;
  });

  $effect(() => () => {
    clearTimeout(timer);
  });

  return {
    get count() {
      return count;
    },
  };
}
