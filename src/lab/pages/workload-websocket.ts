import { readMessage } from '../workload/payload.ts';
import { RECONNECT, type WorkloadClient, type WorkloadHooks } from './workload-client.ts';

/** A WebSocket that comes back by hand and says what it has seen; what it has to say waits until then. */
export function createWebSocketWorkload(origin: string, hooks: WorkloadHooks): WorkloadClient {
  const waiting: (() => void)[] = [];
  let socket: WebSocket | undefined;
  let retryTimer: number | undefined;
  let isOver = false;

  function connect(): void {
    const after = hooks.seen();
    const current = new WebSocket(
      `${origin.replace(/^http/u, 'ws')}/websocket${after === 0 ? '' : `?after=${after}`}`,
    );
    current.binaryType = 'arraybuffer';
    socket = current;
    current.addEventListener('open', () => {
      hooks.opened();
      for (const send of waiting.splice(0)) send();
    });
    current.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      hooks.received(readMessage(data));
    });
    current.addEventListener('close', () => {
      if (isOver) return;
      hooks.lost();
      retryTimer = window.setTimeout(connect, RECONNECT);
    });
  }

  connect();
  return {
    send: (payload) =>
      new Promise((resolve) => {
        const send = (): void => {
          socket?.send(payload);
          resolve();
        };
        if (socket?.readyState === WebSocket.OPEN) send();
        else waiting.push(send);
      }),
    close: () => {
      isOver = true;
      window.clearTimeout(retryTimer);
      socket?.close();
    },
  };
}
