import { runFeed } from './feed-run.ts';
import type { LabContext, LabRequest } from './lab-request.ts';
import { wallNow } from './feed-clock.ts';
import type { WebSocketConnection } from './websocket-connection.ts';

/** What a WebSocket endpoint does with an open connection. */
export function serveWebSocket(
  context: LabContext,
  request: LabRequest,
  connection: WebSocketConnection,
): void {
  keepBeating(request, connection);
  switch (request.endpoint) {
    case '/ws/feed':
      connection.onMessage((payload) => answer(connection, payload));
      void feed(context, request, connection);
      return;
    case '/ws/echo':
      connection.onMessage((payload) => {
        void connection.send(payload);
        connection.carried();
      });
      return;
    case '/ws/sink':
      connection.onMessage(connection.carried);
      return;
    case '/sse/feed':
    case '/sse/sequence':
    case '/stream/feed':
    case '/long-poll/feed':
    case '/poll/feed':
      throw new Error(`${request.endpoint} is not served over WebSocket`);
  }
}

async function feed(
  { stories }: LabContext,
  { endpoint, faults }: LabRequest,
  connection: WebSocketConnection,
): Promise<void> {
  const entry = stories.enter(endpoint, faults, faults.after);
  const sink = (payload: string): Promise<void> | undefined => {
    const rest = connection.send(faults.binary ? Buffer.from(payload) : payload);
    connection.carried();
    return rest;
  };
  await runFeed(faults, entry, sink, connection.signal);
}

/** The little language of the lab's feed: `ping` gets `pong`, `subscribe` gets `subscribed`. */
function answer(connection: WebSocketConnection, payload: string | Buffer): void {
  const command = typeof payload === 'string' ? readCommand(payload) : null;
  if (command?.type === 'ping') {
    void connection.send(JSON.stringify({ ...command, type: 'pong' }));
  } else if (command?.type === 'subscribe') {
    void connection.send(JSON.stringify({ ...command, type: 'subscribed' }));
  }
}

function readCommand(text: string): { type: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? value : null;
  } catch {
    return null;
  }
}

function keepBeating({ faults }: LabRequest, connection: WebSocketConnection): void {
  if (faults.heartbeat === null) return;
  const timer = setInterval(() => {
    void connection.send(JSON.stringify({ type: 'ping', time: Math.round(wallNow()) }));
  }, faults.heartbeat);
  const stop = (): void => clearInterval(timer);
  connection.signal.addEventListener('abort', stop);
  if (connection.signal.aborted) stop();
}
