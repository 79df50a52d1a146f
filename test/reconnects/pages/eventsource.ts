import { EventSource } from 'eventsource';
import type { Stage } from '../../third-party/stage/stage.ts';

export default async function play({ http, tell }: Stage): Promise<void> {
  const source = new EventSource(`${http}/events`);
  source.addEventListener('message', () => undefined);
  await tell('play');
  source.close();
}
