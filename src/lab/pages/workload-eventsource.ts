import { fromBase64, readMessage } from '../workload/payload.ts';
import type { WorkloadClient, WorkloadHooks } from './workload-client.ts';
import { createPoster } from './workload-poster.ts';

/** An EventSource, which comes back by itself; what the page says goes by POST. */
export function createEventSourceWorkload(origin: string, hooks: WorkloadHooks): WorkloadClient {
  const source = new EventSource(`${origin}/eventsource`);
  const poster = createPoster(origin);
  source.addEventListener('open', hooks.opened);
  source.addEventListener('error', hooks.lost);
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    hooks.received(readMessage(data));
  });
  source.addEventListener('binary', ({ data }: MessageEvent<string>) => {
    hooks.received(readMessage(fromBase64(data)));
  });
  return {
    send: poster.send,
    close: () => {
      source.close();
      poster.close();
    },
  };
}
