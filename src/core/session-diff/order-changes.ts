import type { DiffChannel, DiffKind } from './session-diff.ts';

/** What came after what, and does so no more. */
export interface OrderChange {
  /** The kind before. */
  readonly after: string;
  /** What usually followed it, and what does now. */
  readonly was: Follower;
  readonly is: Follower;
}

export interface Follower {
  readonly kind: string;
  /** Of the times that the kind before came, 0 to 1. */
  readonly share: number;
  /** A row of the kind before, to look at. */
  readonly row: number;
}

/** What follows more seldom does so by chance. */
const USUAL = 0.8;
const ENOUGH = 5;

/**
 * Orders that stood and that are others now: of each kind that both recordings have, what usually came next. Messages of
 * different clocks cross each other all the time; those have no usual follower, and so no change.
 */
export function orderChanges(before: DiffChannel, after: DiffChannel): OrderChange[] {
  const [old, fresh] = [usualFollowers(before), usualFollowers(after)];
  const changes: OrderChange[] = [];
  for (const [kind, was] of old) {
    const is = fresh.get(kind);
    if (is !== undefined && is.kind !== was.kind) changes.push({ after: kind, was, is });
  }
  return changes;
}

/** By the words of the kind before. */
function usualFollowers({ kinds }: DiffChannel): Map<string, Follower> {
  const sequence = inOrder(kinds);
  const counts = new Map<string, { total: number; row: number; next: Map<string, number> }>();
  for (let place = 0; place + 1 < sequence.length; place += 1) {
    const [here, following] = [sequence[place], sequence[place + 1]];
    if (here === undefined || following === undefined) continue;
    const known = counts.get(here.words) ?? {
      total: 0,
      row: here.row,
      next: new Map<string, number>(),
    };
    known.total += 1;
    known.next.set(following.words, (known.next.get(following.words) ?? 0) + 1);
    counts.set(here.words, known);
  }
  const usual = new Map<string, Follower>();
  for (const [words, { total, row, next }] of counts) {
    const [first] = [...next].sort(([, a], [, b]) => b - a);
    if (first === undefined || total < ENOUGH || first[1] / total < USUAL) continue;
    usual.set(words, { kind: first[0], share: first[1] / total, row });
  }
  return usual;
}

/** Messages of the app in the order in which they came, each as its direction and kind. */
function inOrder(kinds: readonly DiffKind[]): { row: number; words: string }[] {
  return kinds
    .filter(({ isHeartbeat }) => !isHeartbeat)
    .flatMap(({ rows, name, direction }) =>
      Array.from(rows, (row) => ({ row, words: `${direction === 'sent' ? '▲' : '▼'} ${name}` })),
    )
    .sort((a, b) => a.row - b.row);
}
