import { joinBytes } from '../../core/http/joined-bytes.ts';
import { MOST_INFLATED } from '../decoder.ts';
import { TooMuch } from './too-much.ts';
import type { Stop } from './byte-cursor.ts';

export interface Inflated {
  /** All, or what came before it went wrong or became too much. */
  readonly bytes: Uint8Array;
  readonly stop?: Stop;
}

/** A library's streaming decompressor: it throws at what it cannot read. */
export type StartInflating = (take: (bytes: Uint8Array) => void) => {
  push: (bytes: Uint8Array, isLast: boolean) => void;
};

/** Compressed bytes pushed at once: DEFLATE makes at most 1,032 times as many of them, so no bound is missed by much. */
const SLICE = 16 * 1024;

/**
 * Decompresses in slices, so that it can stop at `MOST_INFLATED`.
 * @param isWhole whether the compressed data must be at its end; a flushed part of a longer stream is not
 */
export function inflateWith(
  start: StartInflating,
  source: Uint8Array,
  isWhole = true,
  most = MOST_INFLATED,
): Inflated {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  let reason: string | undefined;
  try {
    const stream = start((bytes) => {
      if (length + bytes.length > most) throw new TooMuch();
      length += bytes.length;
      if (bytes.length > 0) pieces.push(bytes);
    });
    for (; at < source.length; at += SLICE) {
      stream.push(source.slice(at, at + SLICE), isWhole && at + SLICE >= source.length);
    }
  } catch (error) {
    reason =
      error instanceof TooMuch
        ? `it becomes more than ${most / 1024 / 1024} MiB`
        : `it is damaged or cut (${error instanceof Error ? error.message : String(error)})`;
  }
  const bytes = joinBytes(pieces);
  return reason === undefined ? { bytes } : { bytes, stop: { offset: at, reason } };
}
