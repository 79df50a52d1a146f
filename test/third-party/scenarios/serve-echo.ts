import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Service } from '../scenario.ts';

/** A plain WebSocket server for libraries without a protocol of their own: what comes in goes out again. */
export function serveEcho(server: Server): Service {
  const sockets = new WebSocketServer({ server, handleProtocols: ([first]) => first ?? false });
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer, isBinary) => {
      socket.send(data, { binary: isBinary });
    });
  });
  return {
    commands: {
      restart: () => {
        for (const socket of sockets.clients) socket.close(1012, 'restarting');
      },
    },
    say: (text) => {
      for (const socket of sockets.clients) socket.send(text);
    },
    close: () => {
      sockets.close();
    },
  };
}
