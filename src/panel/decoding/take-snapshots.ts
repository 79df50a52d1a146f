import type { Kind } from '../../core/kinds/kind-book.ts';
import { pairKinds, percentile, type PairKind } from '../../core/pairs/latencies.ts';
import type { Subscription } from '../../core/pairs/pair-book.ts';
import { pickPairs, slowestPairs } from '../../core/pairs/pick-pairs.ts';
import type { TimeWindow } from '../../core/time-window.ts';
import type { ChannelReading, ReadPairs } from '../../decoders/channel-reading.ts';
import { binLatencies } from './latency-bins.ts';
import type {
  KindRow,
  KindsSnapshot,
  PairKindRow,
  PairsSnapshot,
  WholeReading,
} from './snapshots.ts';

const SPARKS = 40;
/** A list shows no more at once; what is older is in the counts. */
const MOST_LISTED = 200;
/** Dots of a chart. */
const MOST_DRAWN = 600;

export function snapshotKinds(
  { kinds, failures }: Pick<ChannelReading, 'kinds' | 'failures'>,
  window: TimeWindow,
): KindsSnapshot {
  return {
    window,
    kinds: kinds.kinds.map((kind) => kindRow(kind, window)),
    fields: kinds.fields,
    failures,
    othersFrom: kinds.othersFrom,
  };
}

function kindRow(
  { rows: _rows, density, shape: _shape, ...kind }: Kind,
  { from, to }: TimeWindow,
): KindRow {
  const spark = new Array<number>(SPARKS).fill(0);
  const stretch = Math.max(1, to - from) / SPARKS;
  const width = density.widthFor(stretch / 4);
  density.visit(width, from, to, (start, { sent, received }) => {
    const place = Math.min(SPARKS - 1, Math.max(0, Math.floor((start - from) / stretch)));
    spark[place] = (spark[place] ?? 0) + sent + received;
  });
  return { ...kind, spark, inWindow: spark.reduce((sum, each) => sum + each, 0) };
}

export function snapshotPairs(
  { pairs, subscriptions, strays, basis, evidence }: ReadPairs,
  window: TimeWindow,
): PairsSnapshot {
  const isSeen = ({ from, to }: Subscription) =>
    from <= window.to && (to ?? Infinity) >= window.from;
  return {
    basis,
    evidence,
    strays,
    kinds: pairKinds(pairs).map(pairKindRow),
    window,
    picked: pickPairs(pairs, window, MOST_DRAWN),
    slowest: slowestPairs(pairs, MOST_LISTED),
    open: pairs.filter(({ outcome }) => outcome === 'open').slice(-MOST_LISTED),
    total: pairs.length,
    subscriptions: subscriptions.filter(isSeen).slice(-MOST_LISTED),
    totalSubscriptions: subscriptions.length,
  };
}

export function wholeReading({
  kinds: { kinds },
  pairs: read,
}: Pick<ChannelReading, 'kinds' | 'pairs'>): WholeReading {
  const { pairs, subscriptions } = read();
  return {
    kinds: kinds.map(
      ({ name, direction, isHeartbeat, isControl, messages, bytes, shape, rows }) => ({
        name,
        direction,
        isHeartbeat,
        isControl,
        messages,
        bytes,
        shape,
        rows: Uint32Array.from({ length: rows.length }, (_, index) => rows.get(index)),
      }),
    ),
    pairs,
    subscriptions,
  };
}

function pairKindRow({ latencies, ...kind }: PairKind): PairKindRow {
  return {
    ...kind,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    max: latencies.at(-1),
    bins: binLatencies(latencies),
  };
}
