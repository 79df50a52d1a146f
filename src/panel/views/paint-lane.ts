import type { LaneLayout } from '../../core/lane.ts';
import type { Palette } from '../ui/palette.ts';
import { prepareCanvas } from './canvas.ts';

const TALLEST_MARK = 9;
const LEAST_MARK = 3;

/**
 * Draws a lane: the line is the connection (dashed while connecting, solid while open), sent messages stand
 * above it, received ones hang below, a hatched box is the time without a connection, a cross an end
 * that nobody wanted, a bar a wanted one.
 */
export function paintLane(
  canvas: HTMLCanvasElement,
  layout: LaneLayout,
  size: { width: number; height: number },
  selectedRow: number | undefined,
  palette: Palette,
): void {
  const context = prepareCanvas(canvas, size.width, size.height);
  if (context === undefined) return;
  const middle = Math.round(size.height / 2);

  for (const { state, x, width } of layout.stretches) {
    const drawn = Math.max(1, width);
    if (state === 'gap') {
      hatch(context, x, middle, drawn, palette.gap);
      continue;
    }
    context.strokeStyle = palette[state === 'connecting' ? 'text-2' : 'open'];
    context.lineWidth = state === 'open' ? 2 : 1;
    context.setLineDash(state === 'open' ? [] : state === 'connecting' ? [2, 3] : [6, 2]);
    line(context, x, middle, x + drawn, middle);
  }
  context.setLineDash([]);

  const tallest = Math.max(
    1,
    ...layout.densities.map(({ sent, received }) => Math.max(sent, received)),
  );
  for (const { x, width, sent, received } of layout.densities) {
    const drawn = Math.max(1, width - 0.5);
    bar(context, x, middle, drawn, heightOf(sent, tallest), palette.sent, -1);
    bar(context, x, middle, drawn, heightOf(received, tallest), palette.received, 1);
  }
  for (const { x, direction } of layout.messages) {
    const side = direction === 'sent' ? -1 : 1;
    bar(context, Math.round(x) - 0.5, middle, 1.5, TALLEST_MARK, palette[direction], side);
  }
  const selected = layout.messages.find(({ row }) => row === selectedRow);
  if (selected !== undefined) {
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.strokeRect(Math.round(selected.x) - 2.5, middle - 12, 5, 24);
  }

  context.lineWidth = 1.6;
  for (const { x, isAbnormal } of layout.ends) {
    context.strokeStyle = palette[isAbnormal ? 'error' : 'open'];
    if (isAbnormal) {
      line(context, x - 3.5, middle - 3.5, x + 3.5, middle + 3.5);
      line(context, x - 3.5, middle + 3.5, x + 3.5, middle - 3.5);
    } else {
      line(context, x, middle - 5, x, middle + 5);
    }
  }
}

function heightOf(count: number, tallest: number): number {
  return count === 0
    ? 0
    : LEAST_MARK + (TALLEST_MARK - LEAST_MARK + 3) * Math.sqrt(count / tallest);
}

function bar(
  context: CanvasRenderingContext2D,
  x: number,
  middle: number,
  width: number,
  height: number,
  colour: string,
  side: 1 | -1,
): void {
  if (height === 0) return;
  context.fillStyle = colour;
  context.fillRect(x, side === 1 ? middle + 2 : middle - 2 - height, width, height);
}

function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  middle: number,
  width: number,
  colour: string,
): void {
  const [top, height] = [middle - 5, 10];
  context.save();
  context.beginPath();
  context.rect(x, top, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  for (let start = x - height; start < x + width; start += 4) {
    line(context, start, top + height, start + height, top);
  }
  context.restore();
}
