import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RefusalKind } from './wire-log.ts';

const STATUS_LINES: Partial<Record<RefusalKind, string>> = {
  401: '401 Unauthorized',
  500: '500 Internal Server Error',
  503: '503 Service Unavailable',
};

/** Turns an opening handshake away. What is no answer to one is a cut connection. */
export function refuseUpgrade(socket: Duplex, how: RefusalKind): void {
  const line = STATUS_LINES[how];
  if (line === undefined) socket.destroy();
  else socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`);
}

export function refuseRequest(response: ServerResponse, how: RefusalKind): void {
  if (how === 'reset') response.destroy();
  else if (how === 'wrong type') response.setHeader('content-type', 'text/plain').end('no stream');
  else response.writeHead(Number(how)).end();
}
