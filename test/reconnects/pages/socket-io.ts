import { io } from 'socket.io-client';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ http, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  const { baseMs = 1_000, capMs = 5_000, ratio = 0, attempts = Infinity } = policy;
  const socket = io(http, {
    transports: ['websocket'],
    reconnection: policy.kind !== 'none',
    reconnectionDelay: baseMs,
    reconnectionDelayMax: capMs,
    randomizationFactor: ratio,
    reconnectionAttempts: attempts,
  });
  socket.on('connect', () => {
    socket.emit('echo', { subscribe: 'prices' });
  });
  await tell('play');
  socket.disconnect();
}
