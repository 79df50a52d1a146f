import { createServer } from 'node:http';
import { Centrifuge } from 'centrifuge';
import { Centrifuge as ProtobufCentrifuge } from 'centrifuge/build/protobuf';
import protobuf from 'protobufjs';
import { type WebSocket as Socket, WebSocket, WebSocketServer } from 'ws';
import { CENTRIFUGO_PROTO } from '../../../src/decoders/centrifugo-proto.ts';
import { serveCentrifugo } from '../../third-party/scenarios/centrifuge/server.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const SHARED = {
  stack: ['centrifugo' as const],
  packages: ['centrifuge'],
  played: 'a server by the specification',
  picks: () => true,
};

export const CENTRIFUGO_ENTRIES: readonly ProtocolEntry[] = [
  {
    ...SHARED,
    name: 'centrifugo',
    run: async (stage) => {
      const server = createServer();
      const service = serveCentrifugo(server, { ping: 0.15 });
      const host = await stage.proxy(server);
      stage.atEnd(() => server.close());
      const client = new Centrifuge(`ws://${host}/connection`, {
        websocket: WebSocket,
        name: 'js',
      });
      await talk(
        stage,
        client,
        (text) => service.say?.(text),
        (value) => value,
      );
    },
  },
  {
    ...SHARED,
    name: 'centrifugo-protobuf',
    packages: ['centrifuge', 'protobufjs'],
    run: async (stage) => {
      const server = createServer();
      const say = serveProtobuf(new WebSocketServer({ server, handleProtocols: () => PROTOCOL }));
      const host = await stage.proxy(server);
      stage.atEnd(() => server.close());
      const client = new ProtobufCentrifuge(`ws://${host}/connection`, {
        websocket: WebSocket,
        name: 'js',
      });
      const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
      await talk(stage, client as never, say, bytesOf);
    },
  },
];

const PROTOCOL = 'centrifuge-protobuf';

async function talk(
  { tell, told, atEnd }: Stage,
  client: Centrifuge,
  say: (text: string) => void,
  wireOf: (value: unknown) => unknown,
): Promise<void> {
  const heard = (data: unknown): unknown =>
    data instanceof Uint8Array ? (JSON.parse(new TextDecoder().decode(data)) as unknown) : data;
  atEnd(() => client.disconnect());
  client.on('connected', () => tell('received', 'connect'));
  const news = client.newSubscription('news');
  news.on('subscribed', () => tell('received', 'subscribe'));
  news.on('publication', ({ data }) => tell('received', 'news', heard(data)));
  tell('sent', 'connect');
  client.connect();
  tell('sent', 'subscribe');
  news.subscribe();
  await told(4);
  tell('sent', 'news', { text: 'hello “you”', n: 1.5 });
  await news.publish(wireOf({ text: 'hello “you”', n: 1.5 }));
  await told(6);
  say('{"deep":{"list":[1,2,3]}}');
  await told(7);
  tell('sent', 'add', [1, 2, 3]);
  const answered: { data: unknown } = await client.rpc('add', wireOf([1, 2, 3]));
  tell('received', 'add', heard(answered.data));
  tell('sent', 'nothing', { why: 'to see' });
  await client.rpc('nothing', wireOf({ why: 'to see' })).catch(() => tell('received', 'nothing'));
  // Long enough for a ping.
  await new Promise((resolve) => setTimeout(resolve, 250));
  tell('sent', 'unsubscribe');
  news.unsubscribe();
  await new Promise((resolve) => setTimeout(resolve, 30));
}

interface Command {
  id?: number;
  connect?: object;
  subscribe?: { channel: string };
  unsubscribe?: object;
  publish?: { channel: string; data: Uint8Array };
  rpc?: { method: string; data: Uint8Array };
}

const PING = Uint8Array.of(0);

/** As the server of JSON, with the same messages in Protobuf. */
function serveProtobuf(sockets: WebSocketServer): (text: string) => void {
  const { root } = protobuf.parse(CENTRIFUGO_PROTO, { keepCase: true });
  const replies = root.lookupType('Reply');
  const commands = root.lookupType('Command');
  const send = (socket: Socket, reply: object) => {
    socket.send(replies.encodeDelimited(replies.create(reply)).finish());
  };
  sockets.on('connection', (socket) => {
    const beat = setInterval(() => socket.send(PING), 150);
    socket.on('close', () => clearInterval(beat));
    socket.on('message', (data: Buffer) => {
      const reader = protobuf.Reader.create(new Uint8Array(data));
      while (reader.pos < reader.len) {
        const command = commands.toObject(commands.decodeDelimited(reader)) as Command;
        for (const reply of answer(command)) send(socket, reply);
      }
    });
  });
  return (text) => {
    const pub = { data: new TextEncoder().encode(text), offset: 7, tags: { of: 'tea' } };
    for (const socket of sockets.clients) send(socket, { push: { channel: 'news', pub } });
  };
}

function answer({ id, connect, subscribe, unsubscribe, publish, rpc }: Command): object[] {
  if (connect !== undefined) {
    return [{ id, connect: { client: 'client 1', version: '1', ping: 60, pong: true } }];
  }
  if (subscribe !== undefined) return [{ id, subscribe: { recoverable: true, epoch: 'first' } }];
  if (unsubscribe !== undefined) return [{ id, unsubscribe: {} }];
  if (publish !== undefined) {
    const { channel, data } = publish;
    return [{ push: { channel, pub: { data } } }, { id, publish: {} }];
  }
  if (rpc?.method === 'add') return [{ id, rpc: { data: new TextEncoder().encode('{"sum":6}') } }];
  // An empty command answers a ping.
  return id === undefined ? [] : [{ id, error: { code: 108, message: 'method not found' } }];
}
