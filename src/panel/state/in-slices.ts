/** Work that says how far it is, and stops when it is told to. */
export interface SlicedJob {
  readonly isCancelled: boolean;
  /** @param done what the work yields: how much of it is done, in its own units */
  readonly onProgress: (done: number) => void;
}

/** Long enough to get on, short enough for the next frame. */
const SLICE = 10;

/** The user, or something newer, called the work off. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

/**
 * Does work a slice of time after the other, so that the panel goes on.
 * @throws {CancelledError} when the job was cancelled
 */
export async function inSlices<Result>(
  work: Iterator<number, Result>,
  job: SlicedJob,
): Promise<Result> {
  let sliceEnd = performance.now() + SLICE;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < sliceEnd) continue;
    job.onProgress(step.value);
    await giveWay(job);
    sliceEnd = performance.now() + SLICE;
  }
}

/** Lets the panel paint and hear. */
export async function giveWay(job: SlicedJob): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (job.isCancelled) throw new CancelledError('cancelled');
}
