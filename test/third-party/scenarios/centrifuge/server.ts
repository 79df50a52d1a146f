import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Scenario, Service } from '../../scenario.ts';

/** A command of Centrifugo's JSON protocol: one of these, answered under the same name. */
interface Command {
  id?: number;
  connect?: object;
  subscribe?: { channel: string; recover?: boolean; offset?: number };
  unsubscribe?: object;
  publish?: { channel: string; data: unknown };
  rpc?: { method: string; data: unknown };
}

const RESTARTING = 3012;

export const CENTRIFUGE: Scenario = {
  title: 'centrifuge',
  page: 'centrifuge',
  serve: (server) => serveCentrifugo(server),
  milestones: {
    connecting: 3,
    connected: 3,
    subscribed: 3,
    published: 2,
    publication: 2,
    result: 2,
    refused: 1,
    unsubscribed: 1,
    disconnected: 1,
  },
  inSession: { websocket: 'websocket' },
};

/** How the server differs from one that keeps nothing and pings once a minute. */
interface Centrifugo {
  /** Seconds. */
  ping?: number;
  /** Keeps what was said for clients that come back. */
  isRecoverable?: boolean;
}

export function serveCentrifugo(server: Server, options: Centrifugo = {}): Service {
  const { ping = 60, isRecoverable = false } = options;
  const sockets = new WebSocketServer({ server });
  const subscribed = new Set<WebSocket>();
  const said: { data: unknown; offset: number }[] = [];
  let clients = 0;

  const subscribe = (socket: WebSocket, from: number | undefined) => {
    subscribed.add(socket);
    if (!isRecoverable) return {};
    const state = { recoverable: true, epoch: 'first', offset: said.length };
    if (from === undefined) return state;
    return { ...state, offset: from, recovered: true, publications: said.slice(from) };
  };
  sockets.on('connection', (socket) => {
    clients += 1;
    const client = `client ${clients}`;
    const beat = setInterval(() => {
      socket.send('{}');
    }, ping * 1_000);
    socket.on('close', () => {
      clearInterval(beat);
      subscribed.delete(socket);
    });
    socket.on('message', (data: Buffer) => {
      // Several commands can come in one message, a line each.
      for (const line of data.toString().split('\n')) {
        const command = JSON.parse(line) as Command;
        const { id, connect, subscribe: asked } = command;
        // An empty command answers a ping.
        if (id === undefined) continue;
        const replies =
          connect !== undefined
            ? [{ id, connect: { client, version: '1', ping, pong: true } }]
            : asked !== undefined
              ? [{ id, subscribe: subscribe(socket, asked.recover ? asked.offset : undefined) }]
              : answer(command);
        for (const reply of replies) socket.send(JSON.stringify(reply));
      }
    });
  });
  return {
    commands: {
      restart: () => {
        for (const socket of sockets.clients) socket.close(RESTARTING, 'restarting');
      },
    },
    say: (text) => {
      const data: unknown = JSON.parse(text);
      const pub = isRecoverable ? { data, offset: said.length + 1 } : { data };
      said.push({ data, offset: said.length + 1 });
      for (const socket of subscribed) {
        socket.send(JSON.stringify({ push: { channel: 'news', pub } }));
      }
    },
    close: () => {
      sockets.close();
    },
  };
}

function answer({ id, unsubscribe, publish, rpc }: Command): object[] {
  if (unsubscribe !== undefined) return [{ id, unsubscribe: {} }];
  if (publish !== undefined) {
    const { channel, data } = publish;
    return [{ push: { channel, pub: { data } } }, { id, publish: {} }];
  }
  if (rpc?.method === 'add') {
    const sum = (rpc.data as number[]).reduce((left, right) => left + right, 0);
    return [{ id, rpc: { data: sum } }];
  }
  return [{ id, error: { code: 108, message: 'method not found' } }];
}
