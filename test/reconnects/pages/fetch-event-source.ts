import { fetchEventSource } from '@microsoft/fetch-event-source';
import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ http, variant, tell }: Stage): Promise<void> {
  const { policy, mode } = readSettings(variant);
  const abort = new AbortController();
  let attempt = 0;
  const running = fetchEventSource(`${http}/events`, {
    signal: abort.signal,
    openWhenHidden: true,
    onopen: () => {
      attempt = 0;
      return Promise.resolve();
    },
    // The library takes the end of a stream for the end of its work, unless the page says that it is none.
    onclose: () => {
      throw new Error('the stream ended');
    },
    onerror: (error: unknown) => {
      if (mode === 'default') return undefined;
      attempt += 1;
      const delay = drawDelay(policy, attempt);
      if (delay === undefined) throw error;
      return delay;
    },
  }).catch(() => undefined);
  await tell('play');
  abort.abort();
  await running;
}
