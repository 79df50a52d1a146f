import { createServer } from 'node:http';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io } from 'socket.io-client';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const PACKAGES = ['socket.io', 'socket.io-client'];

/** An event's one argument stands for itself, several stand behind the event's name, as on the wire. */
const valueOf = (event: string, args: readonly unknown[]): unknown =>
  args.length > 1 ? [event, ...args] : args[0];

export const ENGINE_IO_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'socket.io',
    stack: ['engine.io', 'socket.io'],
    packages: PACKAGES,
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: (stage) => talk(stage, ['websocket']),
  },
  {
    name: 'socket.io-polling',
    stack: ['engine.io', 'socket.io'],
    packages: PACKAGES,
    picks: ({ carrier }) => carrier.transport === 'polling',
    run: (stage) => talk(stage, ['polling']),
  },
];

async function talk(
  { proxy, tell, told, atEnd }: Stage,
  transports: ('websocket' | 'polling')[],
): Promise<void> {
  const server = createServer();
  const hub = new Server(server, { pingInterval: 150, pingTimeout: 5000 });
  let pings = 0;
  hub.on('connection', serve);
  hub.of('/news').on('connection', (socket) => socket.emit('headline', { title: 'tea, “black”' }));
  hub.of('/locked').use((_socket, next) => next(new Error('not for you')));
  hub.engine.on(
    'connection',
    (engine: { on: (name: string, take: (packet: { type: string }) => void) => void }) => {
      engine.on('packet', ({ type }) => {
        if (type === 'pong') pings += 1;
      });
    },
  );
  const url = `http://${await proxy(server)}`;
  const options = { transports, reconnection: false };
  const client = io(url, options);
  const news = io(`${url}/news`, options);
  atEnd(() => hub.close());
  atEnd(() => client.disconnect());

  client.onAny((event: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const said = typeof last === 'function' ? args.slice(0, -1) : args;
    tell('received', event, valueOf(event, said));
    if (typeof last === 'function') (last as (...answer: unknown[]) => void)({ seen: true }, 2);
  });
  news.onAny((event: string, ...args: unknown[]) => tell('received', event, valueOf(event, args)));
  const say = (event: string, ...args: unknown[]) => {
    tell('sent', event, valueOf(event, args));
    client.emit(event, ...args);
  };
  await new Promise<void>((resolve) => client.on('connect', resolve));
  say('greet', 'hello', 12, null, { nested: [1, 2] });
  say('bare');
  say('big', { number: 1e21, quote: 'a "quoted" \\ [text]' });
  say('file', { name: 'a.bin', bytes: Buffer.from([0, 1, 2, 255]) }, Buffer.from('second'));
  tell('sent', 'sum', ['sum', 1, 2]);
  client.emit('sum', 1, 2, (answer: unknown) => tell('received', 'ack', answer));
  tell('sent', 'copy', Buffer.from([9, 8, 7]));
  client.emit('copy', Buffer.from([9, 8, 7]), (answer: unknown) => tell('received', 'ack', answer));
  say('ask me');
  await told(14);
  const locked = io(`${url}/locked`, options);
  await new Promise<void>((resolve) => {
    locked.on('connect_error', ({ message }) => {
      tell('received', 'CONNECT_ERROR', { message });
      resolve();
    });
  });
  const enough = pings + 1;
  while (pings < enough) await new Promise((resolve) => setTimeout(resolve, 10));

  function serve(socket: ServerSocket): void {
    socket.on('sum', (a: number, b: number, answer: (sum: number) => void) => answer(a + b));
    socket.on('copy', (bytes: Buffer, answer: (bytes: Buffer) => void) => answer(bytes));
    socket.on('greet', () => socket.emit('welcome', { users: ['ann', 'ben'] }));
    socket.on('file', (about: { bytes: Buffer }) => socket.emit('stored', about.bytes, 'ok'));
    socket.on('ask me', () => {
      socket.emit('question', 'are you there?', () => socket.emit('thanks'));
    });
  }
}
