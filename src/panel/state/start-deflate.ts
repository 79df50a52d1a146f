import { Deflate } from 'fflate';
import type { DeflateStream, StartDeflate } from '../../core/wire-cost/deflate.ts';
import { giveWay, type SlicedJob } from './in-slices.ts';

/** Long enough to get on, short enough for the next frame. */
const SLICE = 10;

/** Compresses in slices of time, so that the panel goes on. `CompressionStream` cannot be flushed between two messages. */
export function startDeflate(giveWay: () => Promise<void>): DeflateStream {
  let length = 0;
  let sliceEnd = performance.now() + SLICE;
  const deflate = new Deflate({ level: 6 }, (piece) => {
    length += piece.length;
  });
  return {
    add: async (piece) => {
      if (performance.now() > sliceEnd) {
        await giveWay();
        sliceEnd = performance.now() + SLICE;
      }
      const before = length;
      deflate.push(piece);
      deflate.flush(true);
      return length - before;
    },
    close: () => undefined,
  };
}

/** Of a job: what compresses ends with it. */
export const deflateFor =
  (job: SlicedJob): StartDeflate =>
  () =>
    startDeflate(() => giveWay(job));
