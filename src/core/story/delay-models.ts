import type { Milliseconds } from '../units.ts';
import type { ExpectedDelay, JitterKind } from './policy-types.ts';

/** A formula that a program may wait by. */
export interface DelayModel {
  shape: 'fixed' | 'linear' | 'exponential';
  base: Milliseconds;
  /** Exponential. */
  factor: number;
  /** Linear. */
  step: Milliseconds;
  /** Infinity where there is none. */
  cap: Milliseconds;
  jitter: Exclude<JitterKind, 'unknown'>;
  /** Proportional: ± this share. Full: 1, or less where it never falls below a part of the base. */
  share: number;
  /** Proportional: no delay is longer than the cap, chance or not; else chance is added to the capped delay. */
  isChanceCapped: boolean;
  /** Full jitter that is added to a least delay, and never goes below it. */
  floor: Milliseconds;
}

/** @param attempt from 1 */
export function expectedDelay(model: DelayModel, attempt: number): ExpectedDelay {
  const growth = attempt - 1;
  const grown = {
    fixed: model.base,
    linear: model.base + model.step * growth,
    exponential: model.base * model.factor ** growth,
  }[model.shape];
  const whole = Math.min(grown, model.cap);
  switch (model.jitter) {
    case 'none':
      return { low: whole, expected: whole, high: whole };
    case 'proportional': {
      const middle = model.isChanceCapped ? grown : whole;
      const most = model.isChanceCapped ? model.cap : Infinity;
      return {
        low: Math.min(middle * (1 - model.share), most),
        expected: whole,
        high: Math.min(middle * (1 + model.share), most),
      };
    }
    case 'full': {
      const high = Math.min(model.floor + grown, model.cap);
      return { low: model.floor, expected: (model.floor + high) / 2, high };
    }
  }
}

/** Timers fire late, never early, and a machine that is busy stalls now and then. */
const USUAL_LATENESS: Milliseconds = 7;
const CLOCK_GRAIN: Milliseconds = 2;
const STALLED = 0.05;
const LONG_STALL: Milliseconds = 400;
const IMPOSSIBLE = 1e-9;

/** The logarithm of how likely a delay is under a model. */
export function logLikelihood(model: DelayModel, attempt: number, delay: Milliseconds): number {
  const { low, high } = expectedDelay(model, attempt);
  const stall = (STALLED / LONG_STALL) * Math.exp(-Math.max(0, delay - high) / LONG_STALL);
  const clipped = clippedShare(model, attempt, high);
  const usual =
    clipped === 0
      ? usualDensity(low, high, delay)
      : (1 - clipped) * usualDensity(low, high, delay) + clipped * usualDensity(high, high, delay);
  return Math.log((1 - STALLED) * usual + (delay < low ? IMPOSSIBLE : stall));
}

/** How much of what chance would make of a delay is cut off at the cap, and becomes the cap itself. */
function clippedShare(model: DelayModel, attempt: number, high: Milliseconds): number {
  if (!model.isChanceCapped || high < model.cap) return 0;
  const free = expectedDelay({ ...model, cap: Infinity }, attempt);
  return Math.min(1, (free.high - model.cap) / Math.max(free.high - free.low, 1));
}

/** A uniform stretch from `low` to `high`, made late by an exponential rest. */
function usualDensity(low: Milliseconds, high: Milliseconds, delay: Milliseconds): number {
  if (delay < low - CLOCK_GRAIN) return 0;
  const lateness = USUAL_LATENESS + 0.01 * high;
  const width = Math.max(high - low, lateness);
  if (delay <= low) return 0.5 / width;
  if (high - low <= lateness) return Math.exp(-(delay - low) / lateness) / lateness;
  if (delay <= high) return 1 / width;
  return Math.exp(-(delay - high) / lateness) / width;
}
