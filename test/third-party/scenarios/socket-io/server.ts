import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import type { Scenario, Service } from '../../scenario.ts';

const BASE: Omit<Scenario, 'title' | 'variant'> = {
  page: 'socket-io',
  serve: (server) => serveSocketIo(server),
  milestones: { connect: 2, message: 7, acknowledged: 2, reconnect: 1, disconnect: 2 },
  inSession: { websocket: 'websocket' },
};

export const SOCKET_IO: readonly Scenario[] = [
  { ...BASE, title: 'socket.io-client over WebSocket', variant: 'websocket' },
  {
    ...BASE,
    title: 'socket.io-client over polling',
    variant: 'polling',
    inSession: { exchange: 'polling' },
  },
  {
    ...BASE,
    title: 'socket.io-client from polling to WebSocket',
    variant: 'upgrade',
    milestones: { ...BASE.milestones, upgrade: 2 },
    inSession: { websocket: 'websocket', exchange: 'polling' },
  },
];

export function serveSocketIo(server: HttpServer, options: Partial<ServerOptions> = {}): Service {
  const io = new Server(server, { serveClient: false, ...options });
  io.on('connection', (socket) => {
    socket.on('echo', (...all: unknown[]) => {
      socket.emit('echo', ...all);
    });
    socket.on('ask', (question: string, answer: (...all: unknown[]) => void) => {
      answer(question, 42, socket.handshake.auth);
    });
    socket.on('ping me', () => {
      socket.emit('pinged');
    });
  });
  return {
    commands: {
      // Between two polls there is nothing to drop.
      'end sessions': () => {
        for (const { conn } of io.sockets.sockets.values()) conn.close();
      },
      'send away': () => io.disconnectSockets(),
    },
    say: (text) => io.emit('tick', JSON.parse(text)),
    close: () => io.close(),
  };
}
