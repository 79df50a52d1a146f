import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { createLab, type Lab } from '../../../src/lab/server.ts';

/** A lab that lives as long as the test that asked for it. */
export async function startLab(): Promise<Lab> {
  const lab = await createLab();
  labs.push(lab);
  return lab;
}

const labs: Lab[] = [];

afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()));
});

/** What a page would have seen of one WebSocket. */
export interface SocketStory {
  readonly socket: WebSocket;
  readonly received: (string | Buffer)[];
  readonly opened: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Resolves when so many messages have come. */
  count: (wanted: number) => Promise<void>;
}

export function openSocket(lab: Lab, path: string, protocols: string[] = []): SocketStory {
  const socket = new WebSocket(lab.origin.replace('http:', 'ws:') + path, protocols);
  const received: (string | Buffer)[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data, isBinary) => {
    const bytes = data as Buffer;
    received.push(isBinary ? bytes : bytes.toString('utf8'));
  });
  return {
    socket,
    received,
    opened: new Promise((resolve) => {
      socket.on('open', resolve);
    }),
    closed: new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    }),
    count: (wanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length >= wanted) resolve();
        };
        socket.on('message', check);
        check();
      }),
  };
}

/** Reads a streamed response until the text holds, or the stream ends or breaks. */
export async function readUntil(
  response: Response,
  isEnough: (text: string) => boolean,
): Promise<{ text: string; end: 'enough' | 'ended' | 'broken' }> {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (!isEnough(text)) {
      const { done, value } = await reader.read();
      if (done) return { text, end: 'ended' };
      text += decoder.decode(value, { stream: true });
    }
    await reader.cancel();
    return { text, end: 'enough' };
  } catch {
    return { text, end: 'broken' };
  }
}

/** The sequence number of a tick's JSON text. */
export function seqOf(payload: string | Buffer | undefined): number {
  const tick: unknown = JSON.parse(String(payload));
  if (typeof tick === 'object' && tick !== null && 'seq' in tick) return Number(tick.seq);
  throw new Error(`no tick: ${String(payload)}`);
}
