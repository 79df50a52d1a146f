import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Scenario } from '../scenario.ts';
import { watchHttp } from './watch-http.ts';
import { watchWebSocket } from './watch-websocket.ts';
import { createWireLog, type WireLog } from './wire-log.ts';

/** The server of one run: the page at `/page`, and behind it the library's server on the same origin. */
export interface StageServer {
  readonly origin: string;
  readonly log: WireLog;
  /** Does what the page's part asks for. */
  command: (name: string) => void;
  close: () => Promise<void>;
}

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<title>third party</title><script src="/page.js"></script>`;

export async function startStageServer(scenario: Scenario, script: string): Promise<StageServer> {
  const log = createWireLog();
  const upgraded = new Set<Duplex>();
  const streaming = new Set<ServerResponse>();
  let refusals = 0;

  /** Never listens: the library's server attaches to it and hears what we pass on. */
  const inner = createServer();
  const outer = createServer((request, response) => {
    if (request.url === '/page') {
      response.setHeader('content-type', 'text/html').end(PAGE);
    } else if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (request.url?.startsWith('/.well-known/') === true) {
      // DevTools asks for it, not the page.
      response.writeHead(404).end();
    } else if (refusals > 0) {
      refusals -= 1;
      response.writeHead(503).end();
    } else {
      watchHttp(request, response, log);
      streaming.add(response);
      response.on('close', () => streaming.delete(response));
      inner.emit('request', request, response);
    }
  });
  outer.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    if (refusals > 0) {
      refusals -= 1;
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    watchWebSocket(socket, head, log.begin('websocket', request.url ?? ''));
    inner.emit('upgrade', request, socket, head);
  });

  const service = await scenario.serve(inner);
  outer.listen(0, '127.0.0.1');
  await once(outer, 'listening');
  const { port } = outer.address() as AddressInfo;

  /** Cuts every connection without a closing handshake, as a broken network does. */
  function drop(): void {
    for (const socket of upgraded) socket.destroy();
    for (const response of streaming) response.destroy();
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    log,
    command: (name) => {
      if (name === 'drop') drop();
      else if (name === 'refuse') refusals += 1;
      else {
        const command = service.commands?.[name];
        if (command === undefined) throw new Error(`The server does not know how to ${name}.`);
        command();
      }
    },
    close: async () => {
      drop();
      await service.close();
      outer.closeAllConnections();
      outer.close();
    },
  };
}
