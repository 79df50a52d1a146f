import { WebSocket as PartyWebSocket } from 'partysocket';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode } = readSettings(variant);
  const { baseMs = 0, factor = 1, capMs = 60_000, attempts = Infinity } = policy;
  let last: number | null = null;
  const socket = new PartyWebSocket(`${ws}/parties/main/lobby?_pk=page`, [], {
    minReconnectionDelay: baseMs,
    maxReconnectionDelay: capMs,
    reconnectionDelayGrowFactor: factor,
    maxRetries: attempts,
    minUptime: 100,
  });
  socket.addEventListener('open', () => {
    socket.send(mode === 'resume' ? JSON.stringify({ resume: last }) : '{"hello":"party"}');
  });
  socket.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<string>;
    last = (JSON.parse(data) as { seq?: number }).seq ?? last;
  });
  await tell('play');
  socket.close(1000, 'enough');
}
