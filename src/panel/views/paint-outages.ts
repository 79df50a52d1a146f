import type { OutageLayout } from '../../core/lane-story.ts';
import type { PageLayout } from '../../core/lane-page.ts';
import type { Palette } from '../ui/palette.ts';
import { hatch, line } from './strokes.ts';

const HALF = 7;
const LABEL_FONT = '10px system-ui, sans-serif';

/** The outages of a lane: hatched, each with its downtime and verdict, its attempts as upright ticks after their wait. */
export function paintOutages(
  context: CanvasRenderingContext2D,
  { outages, attempts }: OutageLayout,
  middle: number,
  selected: number | undefined,
  palette: Palette,
): void {
  for (const { x, width, connection } of outages) {
    const box = { x, y: middle - HALF, width, height: 2 * HALF };
    context.fillStyle = palette.bg;
    context.fillRect(box.x, box.y, box.width, box.height);
    hatch(context, box, palette.gap);
    context.strokeStyle = palette[connection === selected ? 'accent' : 'gap'];
    context.lineWidth = connection === selected ? 2 : 1;
    context.strokeRect(box.x + 0.5, box.y + 0.5, Math.max(1, box.width - 1), box.height - 1);
  }
  context.font = LABEL_FONT;
  context.textBaseline = 'alphabetic';
  for (const { x, from, label, isOpened } of attempts) {
    context.strokeStyle = palette[isOpened ? 'sent' : 'error'];
    context.lineWidth = 1.5;
    line(context, x, middle - HALF - 1, x, middle + HALF + 1);
    if (isOpened) line(context, x - 2, middle + HALF + 1, x + 2, middle + HALF + 1);
    if (label !== undefined) {
      paintText(
        context,
        label,
        (from + x) / 2,
        middle + HALF + 10,
        palette['text-2'],
        palette.bg,
        'center',
      );
    }
  }
  for (const { x, label, outcome } of outages) {
    if (label === undefined) continue;
    const isBad = outcome === 'lost' || outcome === 'given-up' || outcome === 'lasting';
    paintText(
      context,
      label,
      x + 1,
      Math.max(9, middle - HALF - 3),
      palette[isBad ? 'error' : 'text'],
      palette.bg,
      'left',
    );
  }
}

/** Time in which the page was hidden or offline, and lines where it navigated; behind everything. */
export function paintPage(
  context: CanvasRenderingContext2D,
  { shades, navigations }: PageLayout,
  height: number,
  palette: Palette,
): void {
  for (const { x, width, kind } of shades) {
    context.globalAlpha = kind === 'hidden' ? 0.16 : 0.1;
    context.fillStyle = palette[kind === 'hidden' ? 'shade' : 'error'];
    context.fillRect(x, 0, width, height);
    context.globalAlpha = 0.7;
    // Offline is ruled above and below, so that the two differ without colour.
    if (kind === 'offline') {
      context.fillRect(x, 0, width, 2);
      context.fillRect(x, height - 2, width, 2);
    }
  }
  context.globalAlpha = 1;
  context.strokeStyle = palette['text-2'];
  context.lineWidth = 1;
  context.setLineDash([1, 2]);
  for (const x of navigations) line(context, Math.round(x) + 0.5, 0, Math.round(x) + 0.5, height);
  context.setLineDash([]);
}

/** Words over whatever is there, with a rim of the background. */
function paintText(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  rim: string,
  align: CanvasTextAlign,
): void {
  context.textAlign = align;
  context.lineWidth = 2;
  context.strokeStyle = rim;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
