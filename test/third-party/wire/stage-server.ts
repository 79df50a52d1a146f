import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Scenario, Service } from '../scenario.ts';
import { refuseRequest, refuseUpgrade } from './refuse.ts';
import { kindOf, watchHttp } from './watch-http.ts';
import { watchWebSocket } from './watch-websocket.ts';
import { createWireLog, type RefusalKind, type WireLog } from './wire-log.ts';

/**
 * The server of one run: the page at `/page`, and behind it the library's server on the same origin. At
 * `/still-there` is an event stream that nothing ever happens to, and that the log knows nothing of.
 */
export interface StageServer {
  readonly origin: string;
  readonly log: WireLog;
  readonly service: Service;
  /** Does what the page's part asks for. */
  command: (name: string) => void;
  /** Turns the next tries away, one after another; exchanges only where nothing else is named. */
  refuse: (hows: readonly RefusalKind[], spare?: 'exchanges') => void;
  /** From here on the connections are dead, and nobody is told: nothing more is heard or answered on them. */
  silence: () => void;
  close: () => Promise<void>;
}

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<title>third party</title><script src="/page.js"></script>`;

export async function startStageServer(
  { serve }: Pick<Scenario, 'serve'>,
  script: string,
): Promise<StageServer> {
  const log = createWireLog();
  const upgraded = new Set<Duplex>();
  const streaming = new Set<ServerResponse>();
  const refusals: RefusalKind[] = [];
  let sparesExchanges = false;

  /** Never listens: the library's server attaches to it and hears what we pass on. */
  const inner = createServer();
  const outer = createServer((request, response) => {
    // A browser asks again by itself where a connection that it had kept is cut: one try would count as two.
    response.shouldKeepAlive = false;
    if (request.url === '/page') {
      response.setHeader('content-type', 'text/html').end(PAGE);
    } else if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (request.url === '/still-there') {
      response.setHeader('content-type', 'text/event-stream').write('data: still there\n\n');
    } else if (request.url?.startsWith('/.well-known/') === true) {
      // DevTools asks for it, not the page.
      response.writeHead(404).end();
    } else {
      const kind = kindOf(request);
      const how = kind === 'exchange' && sparesExchanges ? undefined : refusals.shift();
      if (how !== undefined) {
        log.refuse(kind, request, how);
        refuseRequest(response, how);
        return;
      }
      watchHttp(request, response, log);
      streaming.add(response);
      response.on('close', () => streaming.delete(response));
      inner.emit('request', request, response);
    }
  });
  outer.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    const how = refusals.shift();
    if (how !== undefined) {
      log.refuse('websocket', request, how);
      refuseUpgrade(socket, how);
      return;
    }
    watchWebSocket(socket, head, log.begin('websocket', request));
    inner.emit('upgrade', request, socket, head);
  });

  const service = await serve(inner);
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
    service,
    command: (name) => {
      if (name === 'drop') drop();
      else if (name === 'refuse') refusals.push('503');
      else {
        const command = service.commands?.[name];
        if (command === undefined) throw new Error(`The server does not know how to ${name}.`);
        command();
      }
    },
    refuse: (hows, spare) => {
      refusals.push(...hows);
      sparesExchanges = spare === 'exchanges';
    },
    silence: () => {
      for (const socket of upgraded) {
        socket.removeAllListeners('data').on('data', () => undefined);
        socket.write = () => true;
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
