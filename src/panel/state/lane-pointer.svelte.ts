import { panWindow, type TimeWindow, zoomWindow } from '../../core/time-window.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { PanelState } from './panel.svelte.ts';

/** Where the crosshair is: a time, and the lane that it reads. */
export interface Crosshair {
  at: Milliseconds;
  /** Absent between the lanes. */
  channel: number | undefined;
  /** Moved by keys: then it is read out. */
  isByKey: boolean;
}

interface LaneBox {
  /** Where the lanes begin, from the left edge of their list. */
  left: number;
  width: number;
}

/** A shorter way than this is a click. */
const LEAST_DRAG = 4;
/** A key moves the crosshair by this share of the window. */
const STEP = 0.01;

/** The pointer and the keys over the lanes: the crosshair, dragging to pan, the wheel. */
export function createLanePointer(panel: PanelState, box: () => LaneBox) {
  let crosshair = $state.raw<Crosshair>();
  let drag: { x: number; window: TimeWindow } | undefined;
  let hasDragged = false;

  function placeOf(event: MouseEvent): number {
    const { left } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return event.clientX - left - box().left;
  }

  function atOf(place: number): Milliseconds {
    const { from, to } = panel.window;
    return from + (place / box().width) * (to - from);
  }

  function channelUnder(event: MouseEvent): number | undefined {
    const row = (event.target as Element).closest<HTMLElement>('[data-channel]');
    return row === null ? undefined : Number(row.dataset['channel']);
  }

  return {
    get crosshair() {
      return crosshair;
    },
    clear: () => (crosshair = undefined),
    /** @returns whether the press that just ended moved the lanes, and so was no click */
    get hasDragged() {
      return hasDragged;
    },
    /** Moves the crosshair by keys; it begins in the middle. */
    step: (by: number) => {
      const { from, to } = panel.window;
      const span = to - from;
      const start = crosshair?.at ?? from + span / 2;
      const at = Math.min(to, Math.max(from, start + by * STEP * span));
      crosshair = { at, channel: panel.channel?.id, isByKey: true };
    },
    onpointerdown: (event: PointerEvent) => {
      hasDragged = false;
      const place = placeOf(event);
      if (event.button !== 0 || place < 0 || place > box().width) return;
      drag = { x: event.clientX, window: panel.window };
    },
    onpointermove: (event: PointerEvent) => {
      const place = placeOf(event);
      if (drag !== undefined && event.buttons !== 0) {
        const by = event.clientX - drag.x;
        if (!hasDragged && Math.abs(by) < LEAST_DRAG) return;
        if (!hasDragged) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        hasDragged = true;
        const { from, to } = drag.window;
        panel.show(panWindow(drag.window, (-by / box().width) * (to - from)));
        return;
      }
      drag = undefined;
      crosshair =
        place < 0 || place > box().width
          ? undefined
          : { at: atOf(place), channel: channelUnder(event), isByKey: false };
    },
    onpointerup: () => (drag = undefined),
    onpointerleave: () => {
      if (crosshair?.isByKey !== true) crosshair = undefined;
    },
    /** Ctrl and wheel zooms around the pointer, a sideways wheel pans; a plain wheel scrolls the list. */
    onwheel: (event: WheelEvent) => {
      const { from, to } = panel.window;
      if (event.ctrlKey || event.metaKey) {
        const around = atOf(Math.max(0, placeOf(event)));
        panel.show(zoomWindow(panel.window, around, 2 ** (-event.deltaY / 200)));
      } else {
        const sideways = event.shiftKey ? event.deltaY : event.deltaX;
        if (sideways === 0) return;
        panel.show(panWindow(panel.window, (sideways / box().width) * (to - from)));
      }
      event.preventDefault();
    },
  };
}

export type LanePointer = ReturnType<typeof createLanePointer>;
