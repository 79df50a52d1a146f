import SockJS from 'sockjs-client';
import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

/** The library never reconnects by itself; apps put a loop around it. */
export default async function play({ http, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  let attempt = 0;
  let isOver = false;
  let socket: WebSocket | undefined;
  const connect = () => {
    socket = new SockJS(`${http}/sockjs`, null, { transports: ['websocket'] });
    socket.addEventListener('open', () => {
      attempt = 0;
      socket?.send('{"subscribe":"prices"}');
    });
    socket.addEventListener('close', () => {
      attempt += 1;
      const delay = drawDelay(policy, attempt);
      if (!isOver && delay !== undefined) setTimeout(connect, delay);
    });
  };
  connect();
  await tell('play');
  isOver = true;
  socket?.close();
}
