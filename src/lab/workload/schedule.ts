import type { Milliseconds } from '../../core/units.ts';
import type { Workload } from './workload.ts';

/** One message before it exists. */
export interface PlannedMessage {
  /** Counts from 1 in each direction. */
  readonly seq: number;
  /** From the start of the lane. */
  readonly due: Milliseconds;
  readonly isBinary: boolean;
}

/** Who says what when; the same workload always gives the same schedule. */
export interface Schedule {
  /** Of the page. */
  readonly sent: readonly PlannedMessage[];
  /** Of the server, on its own; answers to `echo` are not among them. */
  readonly received: readonly PlannedMessage[];
  /** How many messages the page gets in the end. */
  readonly toReceive: number;
}

/** A message comes at most this much too early or too late, as a share of the time between two. */
const UNEVEN = 0.4;

export function computeSchedule(workload: Workload): Schedule {
  const { direction } = workload;
  const sent = direction === 'down' ? [] : planSide(workload, 0x5e47);
  const received = direction === 'down' || direction === 'both' ? planSide(workload, 0xd041) : [];
  return { sent, received, toReceive: direction === 'echo' ? sent.length : received.length };
}

function planSide({ rate, seconds, binary, seed }: Workload, side: number): PlannedMessage[] {
  const interval = 1000 / rate;
  const count = Math.max(1, Math.round(rate * seconds));
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    due: interval * (index + 1 + UNEVEN * (chanceOf(seed, side, index) - 0.5)),
    isBinary: chanceOf(seed, side + 1, index) < binary,
  }));
}

/** A number in [0, 1) that three whole numbers decide (the finalizer of MurmurHash3). */
export function chanceOf(seed: number, side: number, index: number): number {
  let mixed =
    (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(side, 0x85ebca6b)) + Math.imul(index, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
}
