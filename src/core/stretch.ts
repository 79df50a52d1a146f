import type { Milliseconds } from './units.ts';

/** A time in which a document was hidden, or offline; without an end where it still is. */
export interface Stretch {
  readonly from: Milliseconds;
  to?: Milliseconds;
}

/** Takes in that a state began or ended; hearing the same again changes nothing. */
export function changeState(stretches: Stretch[], isOn: boolean, at: Milliseconds): void {
  const last = stretches.at(-1);
  const isRunning = last !== undefined && last.to === undefined;
  if (isOn === isRunning) return;
  if (isOn) stretches.push({ from: at });
  else if (last !== undefined) last.to = Math.max(last.from, at);
}

/** The stretch that a time lies in, both ends included. */
export function stretchAt(stretches: readonly Stretch[], at: Milliseconds): Stretch | undefined {
  return stretches.findLast(({ from, to = Infinity }) => from <= at && at <= to);
}
