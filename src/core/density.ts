import type { Direction } from './facts.ts';
import type { Bytes, Milliseconds } from './units.ts';

/** Messages and bytes that fell into one stretch of time. */
export interface Bucket {
  sent: number;
  received: number;
  bytes: Bytes;
}

const FINEST: Milliseconds = 25;
const FACTOR = 4;
const LEVELS = 10;

/**
 * How busy it was, at every zoom: counts in buckets of 25 ms, 100 ms, … up to about two hours.
 * A message touches one bucket a level; a view reads as many buckets as it has pixels.
 * Buckets are sparse, so that a trace with absurd times costs no memory.
 */
export interface Density {
  /** @param times -1 takes a message back */
  add: (at: Milliseconds, direction: Direction, byteLength: Bytes, times?: 1 | -1) => void;
  /** The width of the finest buckets that are no narrower than `span`. */
  widthFor: (span: Milliseconds) => Milliseconds;
  /** Visits the non-empty buckets of this width between two times, in order. */
  visit: (
    width: Milliseconds,
    from: Milliseconds,
    to: Milliseconds,
    see: (start: Milliseconds, bucket: Readonly<Bucket>) => void,
  ) => void;
}

export function createDensity(): Density {
  const levels = Array.from({ length: LEVELS }, (_, level) => ({
    width: FINEST * FACTOR ** level,
    buckets: new Map<number, Bucket>(),
  }));

  return {
    add: (at, direction, byteLength, times = 1) => {
      for (const { width, buckets } of levels) {
        const index = Math.floor(at / width);
        let bucket = buckets.get(index);
        if (bucket === undefined) {
          bucket = { sent: 0, received: 0, bytes: 0 };
          buckets.set(index, bucket);
        }
        bucket[direction] += times;
        bucket.bytes += times * byteLength;
      }
    },
    widthFor: (span) =>
      (levels.find(({ width }) => width >= span) ?? levels[LEVELS - 1])?.width ?? FINEST,
    visit: (width, from, to, see) => {
      const level = levels.find((candidate) => candidate.width === width);
      if (level === undefined) throw new RangeError(`no buckets of ${width} ms`);
      const first = Math.floor(from / width);
      const last = Math.floor(to / width);
      if (last - first > level.buckets.size) {
        const inside = [...level.buckets].filter(([index]) => index >= first && index <= last);
        inside.sort(([a], [b]) => a - b);
        for (const [index, bucket] of inside) see(index * width, bucket);
        return;
      }
      for (let index = first; index <= last; index += 1) {
        const bucket = level.buckets.get(index);
        if (bucket !== undefined) see(index * width, bucket);
      }
    },
  };
}
