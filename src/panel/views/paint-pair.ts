import type { PairSpan } from '../../core/lane-pair.ts';
import type { Palette } from '../ui/palette.ts';
import { line } from './strokes.ts';

/** Beyond the marks of messages. */
const DISTANCE = 15;
const FOOT = 3;

/**
 * The way from a request to its answer, on the side of the one who asked: a line with a foot at each end,
 * dashed where nobody has answered, crossed where it failed.
 */
export function paintPair(
  context: CanvasRenderingContext2D,
  { x, width, asker, outcome, hasBegin, hasEnd }: PairSpan,
  middle: number,
  palette: Palette,
): void {
  const side = asker === 'sent' ? -1 : 1;
  const y = middle + side * DISTANCE;
  const right = x + Math.max(1, width);
  context.strokeStyle = palette[outcome === 'failed' ? 'error' : 'accent'];
  context.lineWidth = 2;
  context.setLineDash(outcome === 'open' ? [3, 3] : []);
  line(context, x, y, right, y);
  context.setLineDash([]);
  if (hasBegin) line(context, x, y, x, y - side * FOOT);
  if (!hasEnd) return;
  if (outcome === 'failed') {
    line(context, right - 3, y - 3, right + 3, y + 3);
    line(context, right - 3, y + 3, right + 3, y - 3);
  } else {
    line(context, right, y, right, y - side * FOOT);
  }
}
