import { io, type Socket } from 'socket.io-client';
import type { Stage } from '../../stage/stage.ts';

const TRANSPORTS: Record<string, string[]> = {
  websocket: ['websocket'],
  polling: ['polling'],
  upgrade: ['polling', 'websocket'],
};

export default async function play({ http, variant, note, until, tell }: Stage): Promise<void> {
  const socket = io(http, {
    transports: TRANSPORTS[variant] ?? [],
    reconnectionDelay: 1,
    reconnectionDelayMax: 5,
    randomizationFactor: 0,
    auth: { user: 'page' },
  });
  const { io: manager } = socket;
  // Whether the upgrade or the first packet comes first is chance, so its entry waits for its place.
  let upgraded: Promise<string> = Promise.resolve('');
  manager.on('open', () => {
    upgraded = new Promise((resolve) => {
      manager.engine.once('upgrade', ({ name }) => {
        resolve(name);
      });
    });
  });
  const upgrade = async () => {
    if (variant === 'upgrade') note('upgrade', await upgraded);
  };
  socket.on('connect', () => {
    note('connect', socket.connected);
  });
  socket.on('disconnect', (reason) => {
    note('disconnect', reason);
  });
  socket.on('connect_error', (error) => {
    note('connect_error', error);
  });
  manager.on('reconnect', (attempt) => {
    note('reconnect', attempt);
  });
  manager.on('reconnect_attempt', (attempt) => {
    note('reconnect_attempt', attempt);
  });
  manager.on('error', (error) => {
    note('manager error', error);
  });
  socket.onAny((...all: unknown[]) => {
    note('message', ...all);
  });

  await until('connect');
  await upgrade();
  await talk(socket, note);
  await until('message', 3);

  await tell(variant === 'polling' ? 'end sessions' : 'drop');
  await until('disconnect');
  socket.emit('echo', 'emitted while disconnected');
  await until('connect', 2);
  await until('message', 4);
  await upgrade();
  await talk(socket, note);
  await until('message', 7);
  note('transport', manager.engine.transport.name);
  socket.disconnect();
  await until('disconnect', 2);
}

async function talk(socket: Socket, note: Stage['note']): Promise<void> {
  socket.emit('echo', 'text', { nested: [1, null, 'zwölf'] });
  note('acknowledged', await socket.emitWithAck('ask', 'how many?'));
  socket.emit('echo', new Uint8Array([1, 2, 255]), { inside: new Uint8Array([9]).buffer });
  socket.emit('ping me');
}
