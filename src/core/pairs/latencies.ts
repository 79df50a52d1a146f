import { groupBy } from '../group-by.ts';
import type { Milliseconds } from '../units.ts';
import type { Pair } from './pair-book.ts';

/** How long answers of one kind of request took. */
export interface PairKind {
  readonly kind: string;
  readonly asker: Pair['asker'];
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  /** Neither answered nor failed so far. */
  readonly unanswered: number;
  /** Of all that were answered or failed, ascending. */
  readonly latencies: Float64Array;
}

/** Pairs by what was asked for, the most frequent first. */
export function pairKinds(pairs: readonly Pair[]): PairKind[] {
  const groups = groupBy(pairs, ({ asker, kind }) => `${asker} ${kind}`);
  return [...groups.values()]
    .map(summarise)
    .sort((a, b) => b.asked - a.asked || a.kind.localeCompare(b.kind));
}

function summarise(group: readonly Pair[]): PairKind {
  const [first] = group;
  const count = (outcome: Pair['outcome']) =>
    group.filter((pair) => pair.outcome === outcome).length;
  return {
    kind: first?.kind ?? '',
    asker: first?.asker ?? 'sent',
    asked: group.length,
    answered: count('answered'),
    failed: count('failed'),
    unanswered: count('open'),
    latencies: latenciesOf(group),
  };
}

/** Ascending. */
export function latenciesOf(pairs: readonly Pair[]): Float64Array {
  const known = pairs.map(({ latency }) => latency).filter((each) => each !== undefined);
  return Float64Array.from(known).sort();
}

/**
 * The smallest value that at least this share of them does not exceed (nearest rank).
 * @param sorted ascending
 * @param share between 0 and 1
 */
export function percentile(sorted: Float64Array, share: number): Milliseconds | undefined {
  if (sorted.length === 0) return undefined;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
