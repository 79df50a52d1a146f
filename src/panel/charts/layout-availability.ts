import { scaleLinear } from 'd3-scale';
import { axisTicks } from '../../core/time-window.ts';
import { formatTick } from '../../core/format.ts';
import type { Outage } from '../../core/story/outage-types.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { AxisTick } from './layout-delays.ts';

/** An outage in the bar; those that share a pixel are one box. */
export interface DownBox {
  x: number;
  width: number;
  /** The connection that was lost; of several, the first. */
  connection: number;
  count: number;
}

export interface AvailabilityLayout {
  boxes: DownBox[];
  ticks: AxisTick[];
}

/** An outage is seen however short it was. */
const LEAST_WIDTH = 2;
const LABEL_WIDTH = 70;

/** A channel's life in one bar. */
export function layoutAvailability(
  outages: readonly Pick<Outage, 'start' | 'downtime' | 'connection'>[],
  { from, to }: { from: Milliseconds; to: Milliseconds },
  width: number,
): AvailabilityLayout {
  const x = scaleLinear([from, Math.max(to, from + 1)], [0, width]).clamp(true);
  const boxes: DownBox[] = [];
  for (const { start, downtime, connection } of outages) {
    const left = Math.min(x(start), width - LEAST_WIDTH);
    const right = Math.max(x(start + downtime), left + LEAST_WIDTH);
    const last = boxes.at(-1);
    if (last !== undefined && left < last.x + last.width) {
      last.width = Math.max(last.width, right - last.x);
      last.count += 1;
    } else {
      boxes.push({ x: left, width: right - left, connection, count: 1 });
    }
  }
  const times = axisTicks({ from, to }, Math.floor(width / LABEL_WIDTH));
  const step = (times[1] ?? to) - (times[0] ?? from);
  return { boxes, ticks: times.map((at) => ({ place: x(at), text: formatTick(at, step) })) };
}
