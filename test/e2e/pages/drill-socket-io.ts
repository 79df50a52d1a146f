import { io } from 'socket.io-client';
import type { Stage } from '../../third-party/stage/stage.ts';

/** A client that stays and tells what becomes of it; it says “hello” with each connect. */
export default async function play({ http, note, until }: Stage): Promise<void> {
  const socket = io(http, {
    transports: ['websocket'],
    reconnectionDelay: 200,
    randomizationFactor: 0,
  });
  socket.on('connect', () => {
    note('connect');
    socket.emit('echo', 'hello');
  });
  socket.on('echo', () => {
    note('echo');
  });
  socket.on('disconnect', (reason) => {
    note('disconnect', reason);
  });
  socket.on('connect_error', (error) => {
    note('connect_error', error.message);
  });
  socket.io.on('reconnect', (attempt) => {
    note('reconnect', attempt);
  });
  await until('connect', 2);
  await until('echo', 2);
  note('transport', socket.io.engine.transport.name);
}
