import type { Frame } from './session.ts';
import type { TimeWindow } from './time-window.ts';
import type { Milliseconds } from './units.ts';

/** A stretch in which a document was hidden, or its browser offline. */
export interface Shade {
  x: number;
  width: number;
  kind: 'hidden' | 'offline';
}

export interface PageLayout {
  shades: Shade[];
  /** Where the page navigated. */
  navigations: number[];
}

/** @param tops the documents of the page itself, oldest first; each but the first is a navigation */
export function layoutPage(
  frame: Frame | undefined,
  tops: readonly Frame[],
  { from, to }: TimeWindow,
  width: number,
  now: Milliseconds,
): PageLayout {
  const scale = width / (to - from);
  const xOf = (at: Milliseconds) => (Math.min(to, Math.max(from, at)) - from) * scale;
  const shades: Shade[] = [];
  for (const kind of ['hidden', 'offline'] as const) {
    for (const stretch of frame?.[kind] ?? []) {
      const end = stretch.to ?? frame?.removedAt ?? now;
      if (stretch.from > to || end < from) continue;
      const [x, right] = [xOf(stretch.from), xOf(end)];
      const last = shades.at(-1);
      // Many short ones share a pixel.
      if (last?.kind === kind && x - (last.x + last.width) < 1) last.width = right - last.x;
      else shades.push({ kind, x, width: Math.max(1, right - x) });
    }
  }
  const navigations = tops
    .slice(1)
    .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
    .map(({ createdAt }) => xOf(createdAt));
  return { shades, navigations };
}
