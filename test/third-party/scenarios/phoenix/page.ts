import { Socket } from 'phoenix';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const socket = new Socket(`${ws}/socket`, {
    params: { user: 'page' },
    reconnectAfterMs: () => 1,
    rejoinAfterMs: () => 1,
  });
  socket.onOpen(() => {
    note('open', socket.isConnected(), socket.connectionState());
  });
  socket.onClose((event: unknown) => {
    note('close', event, socket.connectionState());
  });
  socket.onError((error: unknown) => {
    note('error', error);
  });
  socket.connect();
  await until('open');

  const channel = socket.channel('room:lobby', { name: 'page' });
  channel.on('shout', (payload: unknown) => {
    note('shout', payload);
  });
  channel.on('bytes', (payload: unknown) => {
    note('bytes', payload);
  });
  channel.onError((reason: unknown) => {
    note('channel error', reason, channel.state);
  });
  channel
    .join()
    .receive('ok', (answer: unknown) => {
      note('joined', answer, channel.state);
    })
    .receive('error', (answer: unknown) => {
      note('not joined', answer);
    });
  await until('joined');

  channel.push('shout', { text: 'grüße 🌍' }).receive('ok', (answer: unknown) => {
    note('answered', answer);
  });
  channel.push('mistake', {}).receive('error', (answer: unknown) => {
    note('refused', answer);
  });
  await until('refused');
  channel.push('bytes', new Uint8Array([0, 128, 255]).buffer);
  await until('bytes');

  await tell('drop');
  await until('joined', 2);
  channel.push('shout', { text: 'after the drop' }).receive('ok', (answer: unknown) => {
    note('answered', answer);
  });
  await until('answered', 2);
  channel.leave().receive('ok', () => {
    note('left', channel.state);
  });
  await until('left');
  socket.disconnect(() => {
    note('disconnected', socket.connectionState());
  });
  await until('disconnected');
}
