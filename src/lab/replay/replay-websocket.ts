import type { WebSocket } from 'ws';
import { sleep } from '../sleep.ts';
import { payloadOf, type Recording } from './recording.ts';

/** Between two messages of the server, so that a person can watch. */
const PAUSE = 40;

/** Plays the server's part: what it said comes when the page has said all that came before it. */
export async function replayOverWebSocket(socket: WebSocket, recording: Recording): Promise<void> {
  const gone = new AbortController();
  let heard = 0;
  let wake: (() => void) | undefined;
  socket.on('message', () => {
    heard += 1;
    wake?.();
  });
  socket.on('close', () => {
    gone.abort();
    wake?.();
  });
  let expected = 0;
  for (const message of recording.messages) {
    if (message.direction === 'sent') {
      expected += 1;
      continue;
    }
    while (heard < expected && !gone.signal.aborted) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
    await sleep(PAUSE, gone.signal);
    if (gone.signal.aborted) return;
    socket.send(payloadOf(message));
  }
}
