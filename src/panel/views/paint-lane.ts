import type { LaneLayout, StretchState, VolumeMark } from '../../core/lane.ts';
import type { PairSpan } from '../../core/lane-pair.ts';
import type { OutageLayout } from '../../core/lane-story.ts';
import type { PageLayout } from '../../core/lane-page.ts';
import type { Palette } from '../ui/palette.ts';
import { prepareCanvas } from './canvas.ts';
import { paintOutages, paintPage } from './paint-outages.ts';
import { paintPair } from './paint-pair.ts';
import { line } from './strokes.ts';

const TALLEST_MARK = 9;
const LEAST_MARK = 3;
const VOLUME_HEIGHT = 6;

/** Everything that a lane shows, laid out. */
export interface LanePicture {
  lane: LaneLayout;
  story: OutageLayout;
  page: PageLayout;
  /** Of the selected message, where it asks or answers. */
  pair: PairSpan | undefined;
}

/** What the user looks at. */
export interface LaneSelection {
  row: number | undefined;
  /** The connection that was lost. */
  outage: number | undefined;
}

/** Heartbeats are there, but out of the way. */
const FAINT = 0.35;

/**
 * Draws a lane: the line is the connection (dashed while connecting, solid while open), sent messages stand
 * above it, received ones hang below, a hatched box is an outage, a cross an end
 * that nobody wanted, a bar a wanted one; the profile at the bottom is the byte volume.
 */
export function paintLane(
  canvas: HTMLCanvasElement,
  { lane: layout, story, page, pair }: LanePicture,
  size: { width: number; height: number },
  selection: LaneSelection,
  palette: Palette,
): void {
  const context = prepareCanvas(canvas, size.width, size.height);
  if (context === undefined) return;
  const middle = Math.round(size.height / 2);
  paintPage(context, page, size.height, palette);
  paintVolume(context, layout.volumes, size.height, palette);

  for (const { state, x, width } of layout.stretches) {
    const drawn = Math.max(1, width);
    context.strokeStyle = palette[STROKES[state].colour];
    context.lineWidth = state === 'open' ? 2 : 1;
    context.setLineDash(STROKES[state].dash);
    line(context, x, middle, x + drawn, middle);
  }
  context.setLineDash([]);

  paintOutages(context, story, middle, selection.outage, palette);

  let tallest = 1;
  for (const { sent, received, beats } of layout.densities) {
    tallest = Math.max(tallest, sent + beats.sent, received + beats.received);
  }
  for (const { x, width, sent, received, beats } of layout.densities) {
    const drawn = Math.max(1, width - 0.5);
    context.globalAlpha = FAINT;
    if (beats.sent > 0) {
      bar(context, x, middle, drawn, heightOf(sent + beats.sent, tallest), palette.sent, -1);
    }
    if (beats.received > 0) {
      const height = heightOf(received + beats.received, tallest);
      bar(context, x, middle, drawn, height, palette.received, 1);
    }
    context.globalAlpha = 1;
    bar(context, x, middle, drawn, heightOf(sent, tallest), palette.sent, -1);
    bar(context, x, middle, drawn, heightOf(received, tallest), palette.received, 1);
  }
  for (const { x, direction, isBeat } of layout.messages) {
    const side = direction === 'sent' ? -1 : 1;
    context.globalAlpha = isBeat ? FAINT : 1;
    bar(context, Math.round(x) - 0.5, middle, 1.5, TALLEST_MARK, palette[direction], side);
  }
  context.globalAlpha = 1;
  const selected = layout.messages.find(({ row }) => row === selection.row);
  if (selected !== undefined) {
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.strokeRect(Math.round(selected.x) - 2.5, middle - 12, 5, 24);
  }
  if (pair !== undefined) paintPair(context, pair, middle, palette);

  context.lineWidth = 1.6;
  for (const { x, isAbnormal, isTry } of layout.ends) {
    // The tries of an outage stand in it.
    if (isTry && story.outages.length > 0) continue;
    context.strokeStyle = palette[isAbnormal ? 'error' : 'open'];
    if (isAbnormal) {
      line(context, x - 3.5, middle - 3.5, x + 3.5, middle + 3.5);
      line(context, x - 3.5, middle + 3.5, x + 3.5, middle - 3.5);
    } else {
      line(context, x, middle - 5, x, middle + 5);
    }
  }
}

const STROKES: Record<StretchState, { colour: 'open' | 'text-2' | 'line-2'; dash: number[] }> = {
  connecting: { colour: 'text-2', dash: [2, 3] },
  open: { colour: 'open', dash: [] },
  closing: { colour: 'open', dash: [6, 2] },
  gap: { colour: 'line-2', dash: [1, 3] },
};

/** The profile of the byte volume, at the bottom. */
function paintVolume(
  context: CanvasRenderingContext2D,
  volumes: readonly VolumeMark[],
  height: number,
  palette: Palette,
): void {
  let most = 1;
  for (const { bytes } of volumes) most = Math.max(most, bytes);
  context.fillStyle = palette.shade;
  context.globalAlpha = FAINT;
  for (const { x, width, bytes } of volumes) {
    const tall = Math.max(1, VOLUME_HEIGHT * Math.sqrt(bytes / most));
    context.fillRect(x, height - tall, Math.max(1, width), tall);
  }
  context.globalAlpha = 1;
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
