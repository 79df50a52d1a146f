import type { Milliseconds } from '../core/units.ts';

/** Resolves after the delay, or at once when the signal is aborted: look at the signal afterwards. */
export function sleep(delay: Milliseconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
