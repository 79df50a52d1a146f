import ReconnectingWebSocket from 'reconnecting-websocket';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs } = readSettings(variant);
  const { baseMs = 0, factor = 1, capMs = 60_000, attempts = Infinity } = policy;
  let last: number | null = null;
  // An address with a fresh token for each try, as apps with short-lived tickets have it.
  let tokens = 0;
  const address = () => `${ws}/live?room=7&token=${((tokens += 1) * 7_919).toString(36)}`;
  const socket = new ReconnectingWebSocket(mode === 'tokens' ? address : `${ws}/live`, [], {
    minReconnectionDelay: baseMs,
    maxReconnectionDelay: capMs,
    reconnectionDelayGrowFactor: factor,
    maxRetries: attempts,
    minUptime: 100,
  });
  socket.addEventListener('open', () => {
    if (mode === 'resume') socket.send(JSON.stringify({ resume: last }));
    else socket.send('{"subscribe":"prices"}');
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    last = (JSON.parse(data) as { seq?: number }).seq ?? last;
  });
  const timer =
    beatMs !== undefined &&
    setInterval(() => {
      if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, beatMs);
  await tell('play');
  if (timer !== false) clearInterval(timer);
  socket.close(1000, 'enough');
}
