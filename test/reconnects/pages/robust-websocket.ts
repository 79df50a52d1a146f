import RobustWebSocket from 'robust-websocket';
import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  const socket: RobustWebSocket = new RobustWebSocket(`${ws}/robust`, [], {
    timeout: 10_000,
    // It counts tries since the last success.
    shouldReconnect: () => drawDelay(policy, socket.attempts + 1) ?? null,
  });
  await tell('play');
  socket.close(1000, 'enough');
}
