import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const WAMP_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'wamp',
    stack: ['wamp'],
    packages: ['autobahn'],
    played: 'a router by the specification',
    picks: () => true,
    run: talk,
  },
];

interface Session {
  subscribe: (topic: string, hear: (args: unknown[]) => void) => Promise<object>;
  unsubscribe: (subscription: object) => Promise<unknown>;
  register: (procedure: string, answer: (args: number[]) => unknown) => Promise<unknown>;
  call: (procedure: string, args: unknown[]) => Promise<unknown>;
  publish: (topic: string, args: unknown[], named: object, options: object) => Promise<unknown>;
}
/** It brings no types. */
const { Connection } = createRequire(import.meta.url)('autobahn') as {
  Connection: new (options: object) => {
    onopen: (session: Session) => void;
    open: () => void;
    close: () => void;
  };
};

const TOPIC = 'com.shop.price';
const SUM = 'com.shop.sum';

async function talk({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'wamp.2.json' });
  sockets.on('connection', serveRouter);
  Object.assign(globalThis, { WebSocket });
  const connection = new Connection({
    url: `ws://${await proxy(server)}/ws`,
    realm: 'realm1',
    protocols: ['wamp.2.json'],
    max_retries: 0,
  });
  atEnd(() => server.close());
  const opened = new Promise<Session>((resolve) => (connection.onopen = resolve));
  connection.open();
  const session = await opened;
  const subscription = await session.subscribe(TOPIC, (args) => tell('received', TOPIC, args));
  tell('sent', TOPIC, { arguments: ['tea “green”', 1.5], named: { at: 1 } });
  await session.publish(TOPIC, ['tea “green”', 1.5], { at: 1 }, { acknowledge: true });
  await told(2);
  await session.register(SUM, ([a = 0, b = 0]) => {
    tell('received', SUM, [a, b]);
    tell('sent', `YIELD ${SUM}`, [a + b]);
    return a + b;
  });
  tell('sent', SUM, [1, 2]);
  const result = await session.call(SUM, [1, 2]);
  tell('received', `RESULT ${SUM}`, [result]);
  tell('sent', 'com.shop.nothing', []);
  await session.call('com.shop.nothing', []).catch(() => {
    tell('received', 'ERROR com.shop.nothing');
  });
  await session.unsubscribe(subscription);
  await told(8);
  connection.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

const SUBSCRIPTION = 501;
const REGISTRATION = 601;
const INVOCATION = 1;

/** One session that hears itself: what it publishes comes back, what it calls it is asked. */
function serveRouter(socket: WebSocket): void {
  const say = (...message: unknown[]) => socket.send(JSON.stringify(message));
  let caller: unknown;
  const answers: Record<
    number,
    (id: unknown, third: unknown, uri: unknown, args?: unknown) => void
  > = {
    1: () => say(2, 7001, { roles: { broker: {}, dealer: {} } }),
    6: () => say(6, {}, 'wamp.close.goodbye_and_out'),
    16: (id, _options, _topic, args) => {
      say(17, id, 9001);
      say(36, SUBSCRIPTION, 9001, {}, args);
    },
    32: (id) => say(33, id, SUBSCRIPTION),
    34: (id) => say(35, id),
    48: (id, _options, procedure, args) => {
      caller = id;
      if (procedure === SUM) say(68, INVOCATION, REGISTRATION, {}, args);
      else say(8, 48, id, {}, 'wamp.error.no_such_procedure');
    },
    64: (id) => say(65, id, REGISTRATION),
    70: (_id, _options, args) => say(50, caller, {}, args),
  };
  socket.on('message', (data: Buffer) => {
    const [type, id, third, uri, args] = JSON.parse(data.toString()) as [number, ...unknown[]];
    answers[type]?.(id, third, uri, args);
  });
}
