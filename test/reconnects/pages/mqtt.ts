import mqtt from 'mqtt';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs = 60_000 } = readSettings(variant);
  const client = mqtt.connect(`${ws}/mqtt`, {
    clientId: 'page',
    clean: mode !== 'persistent',
    reconnectPeriod: policy.baseMs ?? 0,
    keepalive: beatMs / 1_000,
  });
  client.on('error', () => undefined);
  await new Promise((resolve) => client.once('connect', resolve));
  await client.subscribeAsync('room/#', { qos: 1 });
  await tell('play');
  await client.endAsync(true);
}
