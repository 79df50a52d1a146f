import type { Bytes, EpochMilliseconds } from '../core/units.ts';

/** One message of the lab's feed, the same over every transport. */
export interface Tick {
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** When this tick was due, not when it was sent. */
  readonly time: EpochMilliseconds;
  readonly symbol: string;
  readonly price: number;
}

const SYMBOLS = ['ACME', 'BOLT', 'CIRRUS', 'DELTA'] as const;

/** Symbol and price follow from seed and sequence number alone, so any tick can be told again. */
export function computeTick(seed: number, seq: number, time: EpochMilliseconds): Tick {
  const noise = noiseOf(seed, seq);
  const index = Math.floor(noiseOf(seed + 1, seq) * SYMBOLS.length);
  const wave = Math.sin((seq + seed * 7) / 9 + index) * 4;
  const price = Math.round((80 + index * 45 + wave + noise * 1.5) * 100) / 100;
  return { seq, time, symbol: SYMBOLS[index] ?? SYMBOLS[0], price };
}

/** The JSON text of a tick, with so many bytes of padding. */
export function encodeTick(tick: Tick, padding: Bytes): string {
  return JSON.stringify(padding === 0 ? tick : { ...tick, pad: 'x'.repeat(padding) });
}

/** A number in [0, 1) from two integers (the mixing step of mulberry32). */
function noiseOf(seed: number, seq: number): number {
  let mixed = (Math.imul(seed + 1, 0x9e3779b1) + Math.imul(seq, 0x6d2b79f5)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
