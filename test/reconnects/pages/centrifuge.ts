import { Centrifuge } from 'centrifuge';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  const client = new Centrifuge(`${ws}/connection/websocket`, {
    minReconnectDelay: policy.floorMs ?? 0,
    maxReconnectDelay: policy.capMs ?? 0,
  });
  client.newSubscription('news').subscribe();
  client.connect();
  await tell('play');
  client.disconnect();
}
