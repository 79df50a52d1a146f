import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A request of the page: what it wants, by which id, and after how long. */
export interface Wanted {
  type: string;
  requestId: string;
  /** Milliseconds; `null`: never. */
  after: number | null;
}

/** A server that answers each request after the time that the request itself names. */
export interface AnswerServer {
  readonly url: string;
  close: () => Promise<void>;
}

export async function serveAnswers(): Promise<AnswerServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { requestId, after } = JSON.parse(data.toString()) as Wanted;
      if (after === null) return;
      setTimeout(() => {
        socket.send(JSON.stringify({ type: 'result', requestId, ok: true }));
      }, after);
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/answers`,
    close: async () => {
      for (const client of server.clients) client.terminate();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
