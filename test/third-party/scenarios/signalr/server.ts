import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Scenario, Service } from '../../scenario.ts';
import type { Milliseconds } from '../../../../src/core/units.ts';
import { createHub, heard, PING } from './hub.ts';

const BASE: Omit<Scenario, 'title' | 'variant' | 'inSession'> = {
  page: 'signalr',
  serve: (server) => serveHub(server),
  milestones: {
    started: 1,
    heard: 2,
    result: 2,
    refused: 2,
    item: 6,
    'stream complete': 2,
    reconnecting: 1,
    reconnected: 1,
    close: 1,
  },
};

export const SIGNALR: readonly Scenario[] = [
  {
    ...BASE,
    title: '@microsoft/signalr over WebSocket',
    variant: 'websocket',
    inSession: { websocket: 'websocket' },
  },
  {
    ...BASE,
    title: '@microsoft/signalr over EventSource',
    variant: 'eventsource',
    inSession: { 'event-stream': 'eventsource' },
  },
];

/** @param keepAlive how often the server says that it is there; absent: never */
export function serveHub(server: Server, keepAlive?: Milliseconds): Service {
  /** What hears a client that posts its messages, by its token. */
  const hubs = new Map<string, (text: string) => void>();
  let connections = 0;

  const sockets = new WebSocketServer({ server });
  /** Before the answer to its handshake a client takes no message. */
  const greeted = new Set<WebSocket>();
  sockets.on('connection', (socket) => {
    const hear = createHub((message) => {
      socket.send(message);
    });
    socket.on('message', (data: Buffer) => {
      hear(data.toString());
      greeted.add(socket);
    });
    socket.on('close', () => greeted.delete(socket));
    if (keepAlive === undefined) return;
    const beat = setInterval(() => {
      if (greeted.has(socket)) socket.send(PING);
    }, keepAlive);
    socket.on('close', () => {
      clearInterval(beat);
    });
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hub');
    const token = searchParams.get('id') ?? '';
    if (pathname === '/hub/negotiate') {
      connections += 1;
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          negotiateVersion: 1,
          connectionId: `connection ${connections}`,
          connectionToken: tokenOf(connections),
          availableTransports: [
            { transport: 'WebSockets', transferFormats: ['Text'] },
            { transport: 'ServerSentEvents', transferFormats: ['Text'] },
          ],
        }),
      );
    } else if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
      hubs.set(
        token,
        createHub((message) => response.write(`data: ${message}\n\n`)),
      );
    } else {
      const posted = await text(request);
      hubs.get(token)?.(posted);
      response.end();
    }
  };
  server.on('request', (request, response) => void answer(request, response));
  return {
    commands: {
      restart: () => {
        for (const socket of sockets.clients) socket.close(1012, 'restarting');
      },
    },
    say: (text) => {
      for (const socket of greeted) socket.send(heard(text));
    },
    close: () => {
      sockets.close();
    },
  };
}

/** As opaque as the tokens of ASP.NET are: 22 characters that say nothing. */
function tokenOf(connection: number): string {
  return createHash('sha256').update(String(connection)).digest('base64url').slice(0, 22);
}
