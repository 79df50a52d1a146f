import { retry, throwError, timer } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  const subject = webSocket<unknown>({ url: `${ws}/rx` });
  const subscription = subject
    .pipe(
      retry({
        resetOnSuccess: true,
        delay: (error: unknown, count) => {
          const delay = drawDelay(policy, count);
          return delay === undefined ? throwError(() => error) : timer(delay);
        },
      }),
    )
    .subscribe({ error: () => undefined });
  await tell('play');
  subscription.unsubscribe();
}
