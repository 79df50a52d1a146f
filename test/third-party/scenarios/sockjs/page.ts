import SockJS from 'sockjs-client';
import type { Stage } from '../../stage/stage.ts';

/** The library never reconnects by itself: that is another socket, made by the page. */
export default async function play({ http, variant, note, until, tell }: Stage): Promise<void> {
  const connect = () => {
    const socket = new SockJS(`${http}/sockjs`, null, { transports: [variant] });
    for (const type of ['open', 'message', 'heartbeat', 'close'] as const) {
      socket.addEventListener(type, (event) => {
        const { code, reason, wasClean } = event as CloseEvent;
        const { data } = event as MessageEvent<unknown>;
        const told = type === 'close' ? { code, reason, wasClean } : { data };
        note(type, { ...told, state: socket.readyState, transport: usedBy(socket) });
      });
    }
    return socket;
  };
  const talk = (socket: WebSocket, name: string) => {
    socket.send(`${name}, “ünïcode” 🌍`);
    socket.send(JSON.stringify({ name }));
  };

  const first = connect();
  await until('open');
  talk(first, 'first');
  await until('message', 2);
  // A poll may just be between two requests.
  await tell(variant === 'xhr-polling' ? 'send away' : 'drop');
  await until('close');

  const second = connect();
  await until('open', 2);
  talk(second, 'second');
  await until('message', 4);
  await tell('send away');
  await until('close', 2);

  const third = connect();
  await until('open', 3);
  talk(third, 'third');
  await until('message', 6);
  third.close(4100, 'enough');
  await until('close', 3);
}

/** The types know of the standard's fields only. */
function usedBy(socket: WebSocket): unknown {
  return (socket as { transport?: unknown }).transport;
}
