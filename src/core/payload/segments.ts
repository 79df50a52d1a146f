import { type Found, firstMatchAfter } from './find-text.ts';
import { type Layout, visiblePartsOf } from './visible-text.ts';

/** A run of text with one look. */
export interface Segment {
  text: string;
  isEscape: boolean;
  /** The match of the search that it belongs to. */
  match: number | undefined;
}

/**
 * A part of a text, ready to be shown: what is invisible is escaped, what was found is told apart.
 * @param start where `slice` begins in the text that was searched
 */
export function segmentsOf(slice: string, layout: Layout, found: Found, start = 0): Segment[] {
  const segments: Segment[] = [];
  let match = firstMatchAfter(found, start);
  const beginOf = (index: number): number => (found.places[index] ?? Infinity) - start;

  for (const part of visiblePartsOf(slice, layout)) {
    let place = part.from;
    while (place < part.to) {
      while (beginOf(match) + found.length <= place) match += 1;
      const begin = beginOf(match);
      const isInside = begin <= place;
      const end = Math.min(part.to, isInside ? begin + found.length : begin);
      if (part.isEscape) {
        const isTouched = begin < part.to;
        segments.push({ text: part.text, isEscape: true, match: isTouched ? match : undefined });
        break;
      }
      segments.push({
        text: slice.slice(place, end),
        isEscape: false,
        match: isInside ? match : undefined,
      });
      place = end;
    }
  }
  return segments;
}
