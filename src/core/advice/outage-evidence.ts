import { formatCountOf } from '../format.ts';
import type { Outage, SequenceRange } from '../story/outage-types.ts';

const MOST_RANGES = 4;

/** The connection that was lost, and the one that came in its place. */
export function connectionsAround({ connection, attempts }: Outage): number[] {
  const next = attempts.findLast(({ openedAt }) => openedAt !== undefined);
  return next === undefined ? [connection] : [connection, next.connection];
}

/** `812–815, 900`; what is too much to read is counted. */
export function rangesIn(ranges: readonly SequenceRange[]): string {
  const named = ranges
    .slice(0, MOST_RANGES)
    .map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const rest = ranges.length - named.length;
  return named.join(', ') + (rest > 0 ? ` and ${formatCountOf(rest, 'more range')}` : '');
}
