import type { Density } from '../../core/density.ts';
import type { PageLayout } from '../../core/lane-page.ts';
import type { TimeWindow } from '../../core/time-window.ts';
import type { Palette } from '../ui/palette.ts';
import { prepareCanvas } from './canvas.ts';
import { paintPage } from './paint-outages.ts';

const BAR_WIDTH = 3;

/** Draws how busy the whole session was: sent above the line, received below; behind it when its pages were hidden or offline. */
export function paintOverview(
  canvas: HTMLCanvasElement,
  density: Density,
  { whole, pages }: { whole: TimeWindow; pages: readonly PageLayout[] },
  { width, height }: { width: number; height: number },
  palette: Palette,
): void {
  const context = prepareCanvas(canvas, width, height);
  if (context === undefined) return;
  for (const page of pages) paintPage(context, page, height, palette);
  const scale = width / (whole.to - whole.from);
  const bucketWidth = density.widthFor(BAR_WIDTH / scale);
  const bars: { x: number; sent: number; received: number }[] = [];
  let tallest = 1;
  density.visit(bucketWidth, whole.from, whole.to, (start, { sent, received }) => {
    bars.push({ x: (start - whole.from) * scale, sent, received });
    tallest = Math.max(tallest, sent, received);
  });
  const middle = Math.round(height / 2);
  const reach = middle - 3;
  const barWidth = Math.max(1, bucketWidth * scale - 1);
  context.fillStyle = palette['line-2'];
  context.fillRect(0, middle, width, 1);
  for (const { x, sent, received } of bars) {
    context.fillStyle = palette.sent;
    context.fillRect(x, middle, barWidth, -reachOf(sent));
    context.fillStyle = palette.received;
    context.fillRect(x, middle + 1, barWidth, reachOf(received));
  }

  function reachOf(count: number): number {
    return count === 0 ? 0 : Math.max(1.5, reach * Math.sqrt(count / tallest));
  }
}
