import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { Client, type IMessage, StompConfig, StompHeaders } from '@stomp/stompjs';
import sockjs from 'sockjs';
import SockJS from 'sockjs-client';
import { WebSocket } from 'ws';
import { serveStomp } from '../../third-party/scenarios/stompjs/server.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

/** It brings no types. */
const StompBroker = createRequire(import.meta.url)('stomp-broker-js') as new (options: {
  server: Server;
  path: string;
  protocol: 'ws' | 'sockjs';
  heartbeat: readonly [number, number];
  heartbeatErrorMargin: number;
}) => Broker;

interface Broker {
  subscribes: unknown[];
  send: (destination: string, headers: Record<string, string>, body: string) => void;
}

export const SOCKJS_ENTRIES: readonly ProtocolEntry[] = (
  ['websocket', 'xhr-polling', 'xhr-streaming'] as const
).map((transport) => ({
  name: `sockjs-${transport}`,
  stack: ['sockjs', 'json'],
  packages: ['sockjs', 'sockjs-client'],
  picks: ({ carrier }) =>
    transport === 'websocket' ? carrier.transport === 'websocket' : carrier.url.includes('/xhr'),
  run: (stage) => talkSockJs(stage, transport),
}));

/** Texts both ways, and a close that the server gives its reason for. */
async function talkSockJs({ proxy, tell, told, atEnd }: Stage, transport: string): Promise<void> {
  const server = createServer();
  const echo = sockjs.createServer({
    log: () => undefined,
    heartbeat_delay: 200,
  });
  echo.on('connection', (connection) => {
    connection.on('data', (text) => {
      if (text.includes('bye')) connection.close(4001 as never, 'as you wish');
      else connection.write(text);
    });
  });
  echo.installHandlers(server, { prefix: '/echo' });
  atEnd(() => server.close());
  const client = new SockJS(`http://${await proxy(server)}/echo`, null, { transports: transport });
  atEnd(() => client.close());
  const values = [{ text: 'one, “two”' }, ['list', 1], { n: 12345 }, { emoji: '\u{1f375}' }];
  client.onmessage = ({ data }: { data: string }) => tell('received', '', JSON.parse(data));
  await new Promise((resolve) => (client.onopen = resolve));
  const say = (value: unknown) => {
    tell('sent', '', value);
    client.send(JSON.stringify(value));
  };
  values.forEach(say);
  await told(2 * values.length);
  // Long enough for a heartbeat.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const closed = new Promise<void>((resolve) => {
    client.onclose = ({ code, reason }) => {
      tell('received', 'close');
      if (code !== 4001 || reason !== 'as you wish') throw new Error(`closed: ${code} ${reason}`);
      resolve();
    };
  });
  say({ bye: true });
  await closed;
}

export const STOMP_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'stomp',
    stack: ['stomp'],
    packages: ['@stomp/stompjs'],
    played: 'a server by the specification',
    picks: () => true,
    run: async (stage) => {
      const server = createServer();
      serveStomp(server, BEAT);
      const host = await stage.proxy(server);
      stage.atEnd(() => server.close());
      await talkWithReceipts(stage, () => new WebSocket(`ws://${host}/stomp`, ['v12.stomp']));
    },
  },
  {
    name: 'stomp-sockjs',
    stack: ['sockjs', 'stomp'],
    packages: ['@stomp/stompjs', 'stomp-broker-js', 'sockjs', 'sockjs-client'],
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: async (stage) => {
      const server = createServer();
      const broker = new StompBroker({
        server,
        path: '/stomp',
        protocol: 'sockjs',
        heartbeat: [BEAT, BEAT],
        heartbeatErrorMargin: 10_000,
      });
      const url = `http://${await stage.proxy(server)}/stomp`;
      stage.atEnd(() => server.close());
      await talkWithBroker(stage, broker, () => new SockJS(url, null, { transports: 'websocket' }));
    },
  },
];

const BEAT = 80;
const withHeaders = (headers: Record<string, string>) => Object.assign(new StompHeaders(), headers);
const JSON_TYPE = { 'content-type': 'application/json' };

async function connect(socket: () => unknown): Promise<Client> {
  const client = new Client(
    Object.assign(new StompConfig(), {
      webSocketFactory: socket as () => never,
      heartbeatIncoming: BEAT,
      heartbeatOutgoing: BEAT,
      reconnectDelay: 0,
    }),
  );
  const connected = new Promise((resolve) => (client.onConnect = resolve));
  client.activate();
  await connected;
  return client;
}

/** The server sends what it gets to who subscribed. */
async function talkWithReceipts({ tell, told }: Stage, socket: () => unknown): Promise<void> {
  const client = await connect(socket);
  const hear = ({ headers, body }: IMessage) => {
    tell('received', headers['destination'] ?? '', body.startsWith('{') ? JSON.parse(body) : body);
  };
  const room = client.subscribe('/topic/room', hear, withHeaders({ receipt: 'first' }));
  client.watchForReceipt('first', () => tell('received', 'RECEIPT'));
  client.watchForReceipt('sent', () => tell('received', 'RECEIPT'));
  tell('sent', '/topic/room', { text: 'hello: “there”\nyou' });
  client.publish({
    destination: '/topic/room',
    body: JSON.stringify({ text: 'hello: “there”\nyou' }),
    headers: withHeaders({ ...JSON_TYPE, receipt: 'sent', 'x-colon': 'a:b\nc' }),
  });
  tell('sent', '/topic/room', 'plain text');
  client.publish({ destination: '/topic/room', body: 'plain text' });
  await told(6);
  await new Promise((resolve) => setTimeout(resolve, 2 * BEAT));
  client.watchForReceipt('second', () => tell('received', 'RECEIPT'));
  room.unsubscribe(withHeaders({ receipt: 'second' }));
  await told(7);
  await client.deactivate();
}

/** The broker sends by itself, and nothing back to who sent it. */
async function talkWithBroker(
  { tell, told }: Stage,
  broker: Broker,
  socket: () => unknown,
): Promise<void> {
  const client = await connect(socket);
  client.subscribe('/topic/room', ({ body }) => tell('received', '/topic/room', JSON.parse(body)));
  const value = { text: 'hello: “there”\nyou' };
  tell('sent', '/queue/in', value);
  client.publish({
    destination: '/queue/in',
    body: JSON.stringify(value),
    headers: withHeaders(JSON_TYPE),
  });
  while (!isSubscribed(broker)) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const n of [1, 2, 3]) broker.send('/topic/room', JSON_TYPE, JSON.stringify({ n }));
  await told(4);
  await new Promise((resolve) => setTimeout(resolve, 2 * BEAT));
  await client.deactivate();
}

/** Whether the subscription has come. */
const isSubscribed = ({ subscribes }: Broker) => subscribes.length > 0;
