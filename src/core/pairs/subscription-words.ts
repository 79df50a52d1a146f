import type { Subscription } from './pair-book.ts';

/** How a subscription ended, by glyph and word. */
export const ENDED_WORDS: Readonly<
  Record<Subscription['ended'], { readonly glyph: string; readonly word: string }>
> = {
  open: { glyph: '…', word: 'still there' },
  completed: { glyph: '✓', word: 'completed' },
  failed: { glyph: '✕', word: 'failed' },
  cancelled: { glyph: '◌', word: 'cancelled' },
};
