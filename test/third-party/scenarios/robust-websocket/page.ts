import RobustWebSocket from 'robust-websocket';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const socket = new RobustWebSocket(`${ws}/echo`, 'robust', {
    timeout: 10_000,
    shouldReconnect: (event) => {
      note('asked', event);
      return 1;
    },
  });
  socket.binaryType = 'arraybuffer';
  const state = () => [socket.readyState, socket.protocol, socket.attempts, socket.reconnects];
  for (const type of ['connecting', 'open', 'message', 'error', 'close'] as const) {
    socket.addEventListener(type, (event) => {
      note(type, event, state());
    });
  }
  await until('open');
  socket.send('text');
  socket.send(new Uint16Array([1, 65_535]));
  await until('message', 2);

  await tell('refuse');
  await tell('drop');
  await until('open', 2);
  socket.send('after the drop');
  await until('message', 3);
  socket.close(4000, 'enough');
  await until('close', 3);
}
