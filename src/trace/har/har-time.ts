import type { EpochMilliseconds, Milliseconds } from '../../core/units.ts';

/** Chrome tells message times in seconds since 1970, with fractions. */
export function toHarSeconds(startedAt: EpochMilliseconds, at: Milliseconds): number {
  return (startedAt + at) / 1000;
}

/**
 * The way back, to the microsecond: a double that counts seconds since 1970 holds no more
 * (its steps are 0.24 µs wide), and more digits would be noise.
 */
export function fromHarSeconds(startedAt: EpochMilliseconds, seconds: number): Milliseconds {
  const at = Math.round((seconds * 1000 - startedAt) * 1000) / 1000;
  return at === 0 ? 0 : at;
}
