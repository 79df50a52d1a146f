import type { KeptLimits } from './envelope.ts';

/** What a user may choose for one limit, in the unit of the limit. */
interface Range {
  least: number;
  most: number;
}

/** Bytes of one mebibyte (IEC 80000-13). */
export const MIB = 1024 * 1024;

/** What the page holds is its memory; a runtime port of Chromium refuses envelopes over 64 MiB. */
export const LIMIT_RANGES: Readonly<Record<keyof KeptLimits, Range>> = {
  historyMessages: { least: 0, most: 100_000 },
  historyBytes: { least: 0, most: 512 * MIB },
  bufferMessages: { least: 10_000, most: 5_000_000 },
  bufferBytes: { least: 16 * MIB, most: 1024 * MIB },
  payloadBytes: { least: 1024, most: 48 * MIB },
};

/** Storage key (area `local`): those of the limits that the user changed. */
export const LIMITS_KEY = 'limits';

/** What the user changed, from storage: whole numbers within their ranges; everything else is left out. */
export function readLimits(stored: unknown): Partial<KeptLimits> {
  if (typeof stored !== 'object' || stored === null) return {};
  const limits: Partial<KeptLimits> = {};
  for (const key of Object.keys(LIMIT_RANGES) as (keyof KeptLimits)[]) {
    const value = (stored as Record<string, unknown>)[key];
    const { least, most } = LIMIT_RANGES[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      limits[key] = value;
    }
  }
  return limits;
}
