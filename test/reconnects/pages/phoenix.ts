import { Socket } from 'phoenix';
import type { Stage } from '../../third-party/stage/stage.ts';
import { plainDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs } = readSettings(variant);
  const socket = new Socket(`${ws}/socket`, {
    params: { user: 'page' },
    ...(mode !== 'default' && { reconnectAfterMs: (tries: number) => plainDelay(policy, tries) }),
    rejoinAfterMs: () => 50,
    ...(beatMs !== undefined && { heartbeatIntervalMs: beatMs }),
  });
  socket.connect();
  socket.channel('room:lobby', {}).join();
  await tell('play');
  socket.disconnect();
}
