import { sleep } from '../sleep.ts';
import { RECONNECT, type WorkloadClient } from './workload-client.ts';

/** The way up beside a transport that has none: a POST for each message, again where it failed. */
export function createPoster(origin: string): WorkloadClient {
  const over = new AbortController();

  async function post(payload: Parameters<WorkloadClient['send']>[0]): Promise<void> {
    while (!over.signal.aborted) {
      try {
        await fetch(`${origin}/up`, { method: 'POST', body: payload, signal: over.signal });
        return;
      } catch {
        // Lost on the way, or its answer was: the server knows by the number.
        await sleep(RECONNECT, over.signal);
      }
    }
  }

  return { send: post, close: () => over.abort() };
}
