import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { refusalOf } from './admission.ts';
import { type LabContext, readLabRequest, urlOf } from './lab-request.ts';
import { readRecording, replayedIn } from './replay/recording.ts';
import { replayOverWebSocket } from './replay/replay-websocket.ts';
import { sleep } from './sleep.ts';
import { createWebSocketConnection } from './websocket-connection.ts';
import { serveWebSocket } from './websocket-endpoints.ts';

/** More than any message of the lab, less than what could hurt the machine. */
const MAX_MESSAGE = 128 * 1024 * 1024;

export type UpgradeHandler = (message: IncomingMessage, socket: Socket, head: Buffer) => void;

/** The opening handshake of every WebSocket, with its delays and refusals (RFC 6455 section 4.2). */
export function createUpgradeHandler(context: LabContext): UpgradeHandler {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
    handleProtocols: (offered, message) => {
      const wanted = urlOf(message).searchParams.get('subprotocol');
      const [first] = offered;
      if (wanted === null) return first ?? false;
      return offered.has(wanted) ? wanted : false;
    },
  });

  async function upgrade(message: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const gone = new AbortController();
    socket.on('error', () => gone.abort());
    socket.on('close', () => gone.abort());
    const replayed = replayedIn(urlOf(message).pathname);
    if (replayed !== undefined) {
      replay(replayed.name, message, socket, head);
      return;
    }
    const result = readLabRequest(message, (endpoint) => endpoint.startsWith('/ws/'));
    if (!result.ok) {
      refuse(socket, result.status, result.problems.join('\n'));
      return;
    }
    const { request } = result;
    const record = context.recorder.begin({
      transport: 'websocket',
      target: message.url ?? '',
      name: request.faults.name,
      headers: message.headers,
    });
    const refusal = refusalOf(context.stories, request.endpoint, request.faults);
    if (request.faults.slow > 0) await sleep(request.faults.slow, gone.signal);
    if (gone.signal.aborted) {
      record.closed('page');
      return;
    }
    if (refusal !== null) {
      record.refused(refusal);
      refuse(socket, refusal, 'refused, as asked for');
      return;
    }
    // A handshake that `ws` itself refuses (a bad key, a wrong version) only ends the socket.
    const endedEarly = (): void => record.closed('page');
    socket.on('close', endedEarly);
    server.handleUpgrade(message, socket, head, (native) => {
      socket.off('close', endedEarly);
      record.opened(101);
      const connection = createWebSocketConnection(native, socket, record, request.faults);
      serveWebSocket(context, request, connection);
    });
  }

  function replay(name: string, message: IncomingMessage, socket: Socket, head: Buffer): void {
    const recording = readRecording(name);
    if (recording === undefined) {
      refuse(socket, 404, 'there is no such recording');
      return;
    }
    server.handleUpgrade(message, socket, head, (native) => {
      void replayOverWebSocket(native, recording);
    });
  }

  return (message, socket, head) => void upgrade(message, socket, head);
}

function refuse(socket: Socket, status: number, words: string): void {
  const hasBody = status !== 204 && status !== 304;
  const body = hasBody ? `${words}\n` : '';
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n` +
      'Connection: close\r\n' +
      (hasBody ? 'Content-Type: text/plain; charset=utf-8\r\n' : '') +
      (hasBody ? `Content-Length: ${Buffer.byteLength(body)}\r\n` : '') +
      `\r\n${body}`,
  );
}
