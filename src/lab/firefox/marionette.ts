import { createConnection, type Socket } from 'node:net';

/** A connection to Firefox's own remote control: `length:[type, id, name, params]` over TCP (Marionette protocol 3). */
export interface Marionette {
  /** @throws what Firefox answers with, in its words */
  send: <Result = unknown>(command: string, params?: object) => Promise<Result>;
  close: () => void;
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** @throws when nothing listens there */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = await open(port);
  const waiting = new Map<number, Waiting>();
  let received = Buffer.alloc(0);
  let lastId = 0;

  function take(text: string): void {
    const message = JSON.parse(text) as unknown;
    // The greeting is an object; answers are lists.
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [number, number, { message: string } | null, unknown];
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === null) asked?.resolve(result);
    else asked?.reject(new Error(error.message));
  }

  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, colon).toString());
      if (colon === -1 || received.length < end) return;
      take(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox is gone.'));
    waiting.clear();
  });

  return {
    send: <Result>(command: string, params: object = {}) =>
      new Promise<Result>((resolve, reject) => {
        const id = (lastId += 1);
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
        const text = JSON.stringify([0, id, command, params]);
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      }),
    close: () => socket.destroy(),
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
