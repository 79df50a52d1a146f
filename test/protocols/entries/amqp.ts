import { createServer } from 'node:http';
import rhea, { type Connection, type EventContext } from 'rhea';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const AMQP_ENTRIES: readonly ProtocolEntry[] = [
  { name: 'amqp', stack: ['amqp'], packages: ['rhea'], picks: () => true, run: talkAmqp },
];

const PARTS = { text: 'hello “you”', n: 1.5 };
const LONG = { long: 'x'.repeat(700) };

/** As much of it as is used here; its types leave it out. */
interface SaslMechanisms {
  enable_plain: (knows: (name: string) => Promise<boolean>) => void;
}

/** What is sent to `orders` comes back from `orders`; `forbidden` is rejected. */
async function talkAmqp({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const broker = rhea.create_container({ id: 'broker' });
  const mechanisms = broker.sasl_server_mechanisms as SaslMechanisms;
  mechanisms.enable_plain((name) => Promise.resolve(name === 'ann'));
  let outgoing: EventContext['sender'];
  broker.on('sender_open', ({ sender }: EventContext) => {
    outgoing = sender;
  });
  broker.on('message', ({ message, delivery, receiver }: EventContext) => {
    if (receiver?.target.address === 'forbidden') {
      delivery?.reject({ condition: 'amqp:unauthorized-access', description: 'not for you' });
      return;
    }
    delivery?.accept();
    if (message !== undefined) outgoing?.send(message);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'amqp' });
  sockets.on('connection', (socket) => {
    broker.websocket_accept(socket as never, { max_frame_size: 512, idle_time_out: 400 } as never);
  });
  const host = await proxy(server);
  atEnd(() => server.close());
  const page = rhea.create_container({ id: 'page' });
  const connect = page.websocket_connect(WebSocket);
  const connection: Connection = page.connect({
    connection_details: connect(`ws://${host}/amqp`, ['amqp'], {}),
    username: 'ann',
    password: 'secret',
    reconnect: false,
    max_frame_size: 512,
  } as never);
  page.on('connection_open', () => tell('received', 'open'));
  page.on('accepted', () => tell('received', 'disposition'));
  page.on('rejected', () => tell('received', 'disposition'));
  page.on('message', ({ message }: EventContext) => {
    const body: unknown = message?.body;
    tell('received', 'orders', typeof body === 'string' ? JSON.parse(body) : body);
  });
  await told(1);
  connection.open_receiver({ name: 'from orders', source: 'orders', autoaccept: true });
  const sender = connection.open_sender({ name: 'to orders', target: 'orders' });
  const forbidden = connection.open_sender({ name: 'to forbidden', target: 'forbidden' });
  await new Promise<void>((resolve) => page.once('sendable', () => resolve()));
  let count = 1;
  for (const value of [PARTS, LONG]) {
    tell('sent', 'orders', value);
    sender.send({
      body: JSON.stringify(value),
      message_id: 'first',
      content_type: 'application/json',
      application_properties: { of: 'tea', cups: 3 },
    });
    await told((count += 3));
  }
  tell('sent', 'orders', [1, true, null, 'text']);
  sender.send({ body: [1, true, null, 'text'] });
  await told((count += 3));
  while (!forbidden.sendable()) await new Promise((resolve) => setTimeout(resolve, 5));
  tell('sent', 'forbidden', { no: 1 });
  forbidden.send({ body: JSON.stringify({ no: 1 }) });
  await told(count + 2);
  // Long enough for an empty frame, which keeps the connection.
  await new Promise((resolve) => setTimeout(resolve, 300));
  tell('sent', 'close');
  connection.close();
  await new Promise<void>((resolve) => page.once('connection_close', () => resolve()));
  tell('received', 'close');
}
