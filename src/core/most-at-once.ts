import type { Milliseconds } from './units.ts';

/** Those spans that lasted at the same time, where they were the most. */
export function mostAtOnce<Span extends { readonly from: Milliseconds; readonly to: Milliseconds }>(
  spans: readonly Span[],
): Span[] {
  let most: Span[] = [];
  let open: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    open = open.filter(({ to }) => to > span.from);
    open.push(span);
    if (open.length > most.length) most = [...open];
  }
  return most;
}
