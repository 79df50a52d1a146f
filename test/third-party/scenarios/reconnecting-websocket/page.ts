import ReconnectingWebSocket from 'reconnecting-websocket';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const socket = new ReconnectingWebSocket(`${ws}/echo?library`, ['first', 'second'], {
    minReconnectionDelay: 1,
    maxReconnectionDelay: 5,
    minUptime: 0,
  });
  socket.binaryType = 'arraybuffer';
  const state = () => [socket.readyState, socket.protocol, socket.extensions];
  socket.addEventListener('open', (event) => {
    note('open', event, state());
  });
  socket.onmessage = (event) => {
    note('message', event);
  };
  socket.addEventListener('error', (event) => {
    note('error', event, event.message);
  });
  socket.addEventListener('close', (event) => {
    note('close', event, state());
  });

  socket.send('sent from the buffer');
  await until('message');
  socket.send(new Uint8Array([0, 1, 254, 255]));
  socket.send(new Blob(['a blob']));
  await until('message', 3);

  await tell('refuse');
  await tell('drop');
  await until('open', 2);
  socket.send('after the drop');
  await until('message', 4);

  await tell('restart');
  await until('open', 3);
  socket.send('after the restart');
  await until('message', 5);
  note('about to close', state(), socket.retryCount);
  socket.close(4001, 'enough');
  await until('close', 4);
  note('at last', state());
}
