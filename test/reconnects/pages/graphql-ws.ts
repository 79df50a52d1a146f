import { createClient } from 'graphql-ws';
import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, beatMs } = readSettings(variant);
  const client = createClient({
    url: `${ws}/graphql`,
    shouldRetry: () => true,
    retryAttempts: policy.kind === 'none' ? 0 : (policy.attempts ?? Infinity),
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, drawDelay(policy, retries + 1) ?? 0)),
    ...(beatMs !== undefined && { keepAlive: beatMs }),
  });
  const stop = client.subscribe(
    { query: 'subscription { feed { seq } }' },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  await tell('play');
  stop();
  await client.dispose();
}
