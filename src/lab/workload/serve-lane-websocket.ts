import { IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WorkloadMessage } from './payload.ts';
import type { LaneContext } from './serve-lane-http.ts';

export interface LaneWebSockets {
  /** An opening handshake in HTTP/1.1. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** An opening handshake in HTTP/2: https://www.rfc-editor.org/rfc/rfc8441#section-5 */
  connect: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;
}

export function createLaneWebSockets({ story, carried }: LaneContext): LaneWebSockets {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  function serve(socket: WebSocket, url: string | undefined): void {
    const over = new AbortController();
    socket.on('close', () => over.abort());
    socket.on('error', () => over.abort());
    socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      carried(story.take(isBinary ? bytes : bytes.toString()));
    });
    const tell = ({ seq, payload }: WorkloadMessage): void => {
      carried(story.tell(seq));
      socket.send(payload);
    };
    story.begin();
    const after = new URL(url ?? '/', 'http://lab.invalid').searchParams.get('after');
    for (const message of story.after(Number(after ?? 0))) tell(message);
    story.follow(tell, over.signal);
  }

  return {
    upgrade: (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (socket) => serve(socket, request.url));
    },
    connect: (stream, headers) => {
      if (headers[':protocol'] !== 'websocket') {
        stream.respond({ ':status': 501 }, { endStream: true });
        return;
      }
      stream.respond({ ':status': 200 });
      const { asked, socket } = asUpgrade(stream, headers);
      server.handleUpgrade(asked, socket, Buffer.alloc(0), (socket) => serve(socket, asked.url));
    },
  };
}

/**
 * `ws` knows the opening handshake of HTTP/1.1 only: it is asked in these terms, and its answer, which the
 * stream has had in HTTP/2's, goes nowhere. What follows are the same frames.
 */
function asUpgrade(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): { asked: IncomingMessage; socket: Duplex } {
  const asked = new IncomingMessage(new Socket());
  asked.method = 'GET';
  asked.url = headers[':path'] ?? '/';
  asked.headers = {
    ...headers,
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
  };
  let isAnswered = false;
  function write(chunk: Buffer, done: () => void): void {
    if (isAnswered) stream.write(chunk, () => done());
    else done();
    isAnswered = true;
  }
  const socket: Duplex = new Duplex({
    read: () => stream.resume(),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    writev: (chunks, done) =>
      write(Buffer.concat(chunks.map((each) => each.chunk as Buffer)), done),
    final: (done) => stream.end(() => done()),
    destroy: (_error, done) => {
      stream.destroy();
      done(null);
    },
  });
  stream.on('data', (chunk: Buffer) => {
    if (!socket.push(chunk)) stream.pause();
  });
  stream.on('end', () => socket.push(null));
  stream.on('close', () => socket.destroy());
  stream.on('error', () => socket.destroy());
  return { asked, socket };
}
