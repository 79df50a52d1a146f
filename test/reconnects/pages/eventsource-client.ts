import { createEventSource } from 'eventsource-client';
import type { Stage } from '../../third-party/stage/stage.ts';

export default async function play({ http, tell }: Stage): Promise<void> {
  const source = createEventSource({ url: `${http}/events`, onMessage: () => undefined });
  await tell('play');
  source.close();
}
