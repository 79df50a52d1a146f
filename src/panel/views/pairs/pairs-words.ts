import { formatCount, formatCountOf, formatSpan } from '../../../core/format.ts';
import type { PairKindRow, PairsSnapshot } from '../../decoding/snapshots.ts';
import { LATENCY_BINS } from '../../decoding/latency-bins.ts';

/** What became of all requests together. */
export interface PairTotals {
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  readonly unanswered: number;
}

export function totalsOf(kinds: readonly PairKindRow[]): PairTotals {
  const sum = (of: (kind: PairKindRow) => number) => kinds.reduce((all, kind) => all + of(kind), 0);
  return {
    asked: sum(({ asked }) => asked),
    answered: sum(({ answered }) => answered),
    failed: sum(({ failed }) => failed),
    unanswered: sum(({ unanswered }) => unanswered),
  };
}

/** `12 requests: 10 answered, 1 failed, 1 without an answer` */
export function totalsWords({ asked, answered, failed, unanswered }: PairTotals): string {
  const became = [
    answered > 0 ? `${formatCount(answered)} answered` : '',
    failed > 0 ? `${formatCount(failed)} failed` : '',
    unanswered > 0 ? `${formatCount(unanswered)} without an answer` : '',
  ].filter((word) => word !== '');
  return `${formatCountOf(asked, 'request')}: ${became.join(', ')}`;
}

export const BASIS_WORDS: Readonly<Record<PairsSnapshot['basis'], string>> = {
  protocol: 'The protocol itself says which answer belongs to which request.',
  'found ids': 'Concluded: ids that the app writes into its own messages come back.',
  none: '',
};

/** Why there are answers without a request. */
export function strayWords(strays: number): string {
  return strays === 0
    ? ''
    : `${formatCountOf(strays, 'answer')} to what we did not see asked: before recording began, or dropped.`;
}

/** The stretch of `LATENCY_BINS` in which anything is, the same for all kinds: so they can be compared. */
export interface BinRange {
  readonly first: number;
  readonly last: number;
  readonly from: string;
  readonly to: string;
}

export function binRange(kinds: readonly PairKindRow[]): BinRange | undefined {
  const isUsed = (place: number) => kinds.some(({ bins }) => (bins[place] ?? 0) > 0);
  const first = LATENCY_BINS.findIndex((_, place) => isUsed(place));
  if (first === -1) return undefined;
  const last = LATENCY_BINS.findLastIndex((_, place) => isUsed(place));
  return {
    first,
    last,
    from: first === 0 ? '0' : formatSpan(LATENCY_BINS[first - 1] ?? 0),
    to: formatSpan(LATENCY_BINS[last] ?? 0),
  };
}
