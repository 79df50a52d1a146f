import PartySocket from 'partysocket';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const socket = new PartySocket({
    host: new URL(ws).host,
    room: 'lobby',
    id: 'page',
    query: () => Promise.resolve({ token: 'täglich' }),
    minReconnectionDelay: 1,
    maxReconnectionDelay: 5,
    minUptime: 0,
  });
  const state = () => [socket.readyState, socket.protocol, socket.url, socket.bufferedAmount];
  for (const type of ['open', 'message', 'error', 'close'] as const) {
    socket.addEventListener(type, (event) => {
      note(type, event, state());
    });
  }
  socket.send('sent from the buffer');
  await until('message');
  socket.send(new Uint8Array([7, 0, 255]).buffer);
  await until('message', 2);

  await tell('refuse');
  await tell('drop');
  await until('open', 2);
  socket.send('after the drop');
  await until('message', 3);

  // Another address, through the library's own way.
  socket.updateProperties({ host: new URL(ws).host, room: 'kitchen', id: 'page' });
  socket.reconnect(4002, 'moving');
  await until('open', 3);
  socket.send('from the kitchen');
  await until('message', 4);
  await tell('restart');
  await until('open', 4);
  note('about to close', state(), socket.retryCount);
  socket.close();
  await until('close', 5);
}
