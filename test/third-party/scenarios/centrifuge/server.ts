import { WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

/** A command of Centrifugo's JSON protocol: one of these, answered under the same name. */
interface Command {
  id?: number;
  connect?: object;
  subscribe?: { channel: string };
  unsubscribe?: object;
  publish?: { channel: string; data: unknown };
  rpc?: { method: string; data: unknown };
}

const RESTARTING = 3012;

export const CENTRIFUGE: Scenario = {
  title: 'centrifuge',
  page: 'centrifuge',
  serve: (server) => {
    const sockets = new WebSocketServer({ server });
    let clients = 0;
    sockets.on('connection', (socket) => {
      clients += 1;
      const client = `client ${clients}`;
      socket.on('message', (data: Buffer) => {
        // Several commands can come in one message, a line each.
        for (const line of data.toString().split('\n')) {
          const replies = answer(JSON.parse(line) as Command, client);
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
      close: () => {
        sockets.close();
      },
    };
  },
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

function answer({ id, connect, subscribe, unsubscribe, publish, rpc }: Command, client: string) {
  if (connect !== undefined) return [{ id, connect: { client, version: '1', ping: 60 } }];
  if (subscribe !== undefined) return [{ id, subscribe: {} }];
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
