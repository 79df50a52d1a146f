import type { RowWords } from './snapshots.ts';

/** Asks for the words of rows, those of one paint together, and keeps some of the answers. */
export interface WordCache {
  /** `undefined` where it is not known yet; then it has been asked for. */
  of: (row: number) => RowWords | undefined;
}

/** Rows in sight are asked for together, and never more. */
const MOST_ASKED = 400;
const MOST_KEPT = 4_000;

/**
 * @param ask for rows next to each other; what cannot be decoded is missing in the answer
 * @param answered there is something new
 */
export function createWordCache(
  ask: (first: number, last: number) => Promise<readonly RowWords[]>,
  answered: () => void,
): WordCache {
  const kept = new Map<number, RowWords>();
  const wanted = new Set<number>();
  /** Without an answer; they stay as they are on the wire. */
  const silent = new Set<number>();
  let isAsking = false;

  async function askOnce(): Promise<void> {
    const rows = [...wanted].sort((a, b) => a - b).slice(-MOST_ASKED);
    wanted.clear();
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return;
    const words = await ask(Math.max(first, last - MOST_ASKED), last).catch(() => []);
    if (kept.size > MOST_KEPT) kept.clear();
    if (silent.size > MOST_KEPT) silent.clear();
    for (const each of words) kept.set(each.row, each);
    for (const row of rows) if (!kept.has(row)) silent.add(row);
    answered();
  }

  async function askAll(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    // The rows of one paint ask one after another.
    await Promise.resolve();
    while (wanted.size > 0) await askOnce();
    isAsking = false;
  }

  return {
    of: (row) => {
      const known = kept.get(row);
      if (known === undefined && !silent.has(row)) {
        wanted.add(row);
        void askAll();
      }
      return known;
    },
  };
}
