import { type ClientRequest, type IncomingMessage, request as ask } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect } from 'node:net';
import type { Bytes, Milliseconds } from '../../core/units.ts';
import type { LaneRequest, LaneResponse } from './lane-exchange.ts';
import { endOf } from './lane-exchange.ts';

/**
 * A reverse proxy that means well: it collects a response until it has `bytes` of it, has held the first one for `time`, or
 * the response is over. An upgraded connection is passed on as it comes, as such proxies do.
 */
export interface BufferingProxy {
  request: (request: LaneRequest, response: LaneResponse) => void;
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export function createBufferingProxy(
  port: number,
  { bytes, time }: { bytes: Bytes; time: Milliseconds },
): BufferingProxy {
  function forward(request: LaneRequest): ClientRequest {
    const path = request.url ?? '/';
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !name.startsWith(':')),
    );
    return ask({ host: '127.0.0.1', port, path, method: request.method, headers });
  }

  return {
    request: (request, response) => {
      const onward = forward(request);
      endOf(response).addEventListener('abort', () => onward.destroy());
      onward.on('error', () => response.end());
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, passedOn(answer));
        pour(answer, response, { bytes, time });
      });
      void (async () => {
        for await (const chunk of request) onward.write(chunk);
        onward.end();
      })();
    },
    upgrade: (request, socket, head) => {
      const onward = connect(port, '127.0.0.1', () => {
        const lines = request.rawHeaders.flatMap((name, index, all) =>
          index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}\r\n`] : [],
        );
        onward.write(`GET ${request.url ?? '/'} HTTP/1.1\r\n${lines.join('')}\r\n`);
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      onward.on('close', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    },
  };
}

/** Headers that belong to one connection stay there. */
function passedOn(answer: IncomingMessage): Record<string, string> {
  const own = ['connection', 'keep-alive', 'transfer-encoding', 'date'];
  return Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      own.includes(name) ? [] : [[name, String(value)]],
    ),
  );
}

function pour(
  answer: IncomingMessage,
  response: LaneResponse,
  { bytes, time }: { bytes: Bytes; time: Milliseconds },
): void {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (held !== '') response.write(held);
    held = '';
  };
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    held += text;
    if (held.length >= bytes) release();
    else timer ??= setTimeout(release, time);
  });
  answer.on('end', () => {
    clearTimeout(timer);
    response.end(held);
  });
  answer.on('close', () => clearTimeout(timer));
}
