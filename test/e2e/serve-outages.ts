import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** What becomes of each try, in order: it is served and cut after its messages, or refused; the last one stays open. */
export type Fate = 'serve' | number;

/** Messages on each connection, and how many are written while nobody listens. */
const EACH = 6;
const AWAY = 3;

export interface OutageServer {
  origin: string;
  close: () => Promise<void>;
}

/**
 * A page, and one feed of numbered messages under `/events` and `/socket` that is lost as planned.
 * @param honours whether `Last-Event-ID` is honoured, so that what was written meanwhile comes after all
 */
export async function serveOutages(plan: readonly Fate[], honours: boolean): Promise<OutageServer> {
  let tries = 0;
  let written = 0;

  const server = createServer((request, response) => {
    if (request.url === '/events') answerStream(request, response);
    else response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>');
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const fate = nextFate();
    if (fate !== 'serve') {
      socket.end(`HTTP/1.1 ${fate} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const isLast = tries === plan.length;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      for (let sent = 0; sent < EACH; sent += 1) ws.send(`{"seq":${(written += 1)}}`);
      if (!isLast) cut(() => ws.terminate());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function nextFate(): Fate {
    tries += 1;
    return plan[tries - 1] ?? 'serve';
  }

  /** What was written arrives before the end does. */
  function cut(end: () => void): void {
    setTimeout(() => {
      end();
      written += AWAY;
    }, 150);
  }

  function answerStream(request: IncomingMessage, response: ServerResponse): void {
    const fate = nextFate();
    if (fate !== 'serve') {
      response.writeHead(fate).end();
      return;
    }
    const isLast = tries === plan.length;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    const seen = Number(request.headers['last-event-id'] ?? written);
    for (let id = honours ? seen + 1 : written + 1; id <= written + EACH; id += 1) {
      response.write(`id: ${id}\ndata: {"seq":${id}}\n\n`);
    }
    written += EACH;
    if (!isLast) cut(() => response.destroy());
  }

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
