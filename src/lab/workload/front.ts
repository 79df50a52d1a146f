import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import {
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { Milliseconds } from '../../core/units.ts';
import type { Certificate } from './certificate.ts';
import type { LaneRequest, LaneResponse } from './lane-exchange.ts';
import { asExchange } from './lane-exchange-http2.ts';
import { createHttp1Reader } from './read-http1-wire.ts';
import { createHttp2Reader } from './read-http2-wire.ts';
import { createWire } from './wire.ts';
import { emptySplit, type WireSplit } from './wire-split.ts';

/** Where a lane meets the browser: a port of its own, so that all bytes there are the lane's. */
export interface Front {
  readonly origin: string;
  readonly sent: Readonly<WireSplit>;
  readonly received: Readonly<WireSplit>;
  readonly requests: () => number;
  readonly connections: () => number;
  /** What was really spoken, in the order of first use. */
  readonly protocols: () => readonly WireProtocol[];
  /** What was until now does not count. */
  readonly forget: () => void;
  /** Cuts all connections as a network does, once the next bytes have left here. */
  readonly cutAfterNext: () => void;
  readonly close: () => Promise<void>;
}

export type WireProtocol = 'http/1.1' | 'h2';

export interface FrontOptions {
  /** With a certificate: TLS, with HTTP/2 for whoever takes it. */
  readonly certificate: Certificate | undefined;
  readonly hasWebSocket: boolean;
  readonly delay: (() => Milliseconds) | undefined;
  readonly onRequest: (request: LaneRequest, response: LaneResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** A WebSocket's opening handshake in HTTP/2 (RFC 8441). */
  readonly onConnect: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;
}

export async function createFront(options: FrontOptions): Promise<Front> {
  const { certificate, hasWebSocket, delay } = options;
  const sent = emptySplit();
  const received = emptySplit();
  const sockets = new Set<Socket>();
  const protocols = new Set<WireProtocol>();
  let requests = 0;
  let connections = 0;
  let isCutNext = false;

  // Longer than any pause between two polls, so that no request meets a connection that is just being closed.
  const http1 = createHttpServer({ keepAliveTimeout: 65_000 });
  const http2 = createHttp2Server({ settings: { enableConnectProtocol: true } });
  const count = (): void => {
    requests++;
  };
  http1.on('request', count);
  http1.on('request', options.onRequest);
  http1.on('upgrade', count);
  http1.on('upgrade', options.onUpgrade);
  http1.on('clientError', (_error, socket) => socket.destroy());
  http2.on('stream', (stream, headers) => {
    count();
    stream.on('error', () => stream.close());
    if (headers[':method'] === 'CONNECT') {
      options.onConnect(stream, headers);
      return;
    }
    const { request, response } = asExchange(stream, headers);
    options.onRequest(request, response);
  });
  http2.on('sessionError', () => undefined);

  function admit(socket: Socket, protocol: WireProtocol): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    protocols.add(protocol);
    connections++;
    const readers =
      protocol === 'h2'
        ? {
            sent: createHttp2Reader(sent, 'client', hasWebSocket),
            received: createHttp2Reader(received, 'server', hasWebSocket),
          }
        : { sent: createHttp1Reader(sent), received: createHttp1Reader(received) };
    const wire = createWire(socket, { ...readers, delay, hasLeft });
    (protocol === 'h2' ? http2 : http1).emit('connection', wire);
  }

  function hasLeft(): void {
    if (!isCutNext) return;
    isCutNext = false;
    for (const socket of sockets) socket.destroySoon();
  }

  const server = listenerOf(certificate, admit);
  const port = await listen(server);
  return {
    origin: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    sent,
    received,
    requests: () => requests,
    connections: () => connections,
    protocols: () => [...protocols],
    forget: () => {
      requests = 0;
      Object.assign(sent, emptySplit());
      Object.assign(received, emptySplit());
    },
    cutAfterNext: () => (isCutNext = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listenerOf(
  certificate: Certificate | undefined,
  admit: (socket: Socket, protocol: WireProtocol) => void,
): Server {
  if (certificate === undefined) return createPlainServer((socket) => admit(socket, 'http/1.1'));
  const { key, cert } = certificate;
  const server = createTlsServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    admit(socket, socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1');
  });
  server.on('tlsClientError', () => undefined);
  return server;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('a server that listens has a port');
}
