import { createServer } from 'node:http';
import mqtt, { UniqueMessageIdProvider } from 'mqtt';
import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { WebSocket, WebSocketServer } from 'ws';
import { serveMqtt } from '../../third-party/scenarios/mqtt/server.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const MQTT_ENTRIES: readonly ProtocolEntry[] = [
  { name: 'mqtt', stack: ['mqtt'], packages: ['mqtt', 'aedes'], picks: () => true, run: talkMqtt },
  {
    name: 'mqtt-5',
    stack: ['mqtt'],
    packages: ['mqtt', 'mqtt-packet'],
    played: 'a broker by the specification',
    picks: () => true,
    run: talkMqttFive,
  },
];

/** As in a page: the client then puts what belongs together into one message. */
const PAGE = { forceNativeWebSocket: true, reconnectPeriod: 0, clientId: 'page' } as const;

const VALUES = [
  { topic: 'room/kitchen', qos: 2, value: { text: 'hello “you”', degrees: 21.5 } },
  { topic: 'room/hall', qos: 1, value: [1, 2, 3] },
  { topic: 'room/hall', qos: 0, value: { open: true } },
] as const;

/** The broker cuts its packets into many messages. */
async function talkMqtt({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const broker = await serveMqtt(server);
  const host = await proxy(server);
  atEnd(() => server.close());
  atEnd(() => broker.close());
  Object.assign(globalThis, { WebSocket });
  const client = await mqtt.connectAsync(`ws://${host}/mqtt`, {
    ...PAGE,
    messageIdProvider: new UniqueMessageIdProvider(),
    keepalive: 1,
    will: { topic: 'room/will', payload: Buffer.from('gone'), qos: 1, retain: false },
  });
  tell('sent', 'CONNECT');
  tell('received', 'CONNACK');
  client.on('message', (topic, payload) => {
    tell('received', topic, JSON.parse(payload.toString()));
  });
  const pinged = new Promise<void>((resolve) => {
    client.on('packetreceive', ({ cmd }) => {
      if (cmd === 'pingresp') resolve();
    });
  });
  tell('sent', 'SUBSCRIBE');
  await client.subscribeAsync({ 'room/#': { qos: 2 }, 'other/+': { qos: 0 } });
  tell('received', 'SUBACK');
  let count = 4;
  for (const { topic, qos, value } of VALUES) {
    tell('sent', topic, value);
    await client.publishAsync(topic, JSON.stringify(value), { qos });
    await told((count += 2));
  }
  broker.say?.('{"n":7}');
  await told(count + 1);
  tell('sent', 'UNSUBSCRIBE');
  await client.unsubscribeAsync('other/+');
  await pinged;
  tell('received', 'PINGRESP');
  tell('sent', 'DISCONNECT');
  await client.endAsync();
}

/** Aliases both ways, properties, and reasons. */
async function talkMqttFive({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'mqtt' });
  sockets.on('connection', (socket) => {
    const say = (packet: Packet) => {
      socket.send(generate(packet, { protocolVersion: 5 }));
    };
    const packets = parser({ protocolVersion: 5 });
    packets.on('packet', (packet: Packet) => answerFive(packet, say));
    socket.on('message', (data: Buffer) => packets.parse(data));
  });
  const host = await proxy(server);
  atEnd(() => server.close());
  Object.assign(globalThis, { WebSocket });
  const client = await mqtt.connectAsync(`ws://${host}/mqtt`, {
    ...PAGE,
    messageIdProvider: new UniqueMessageIdProvider(),
    protocolVersion: 5,
    autoAssignTopicAlias: true,
    username: 'ann',
    password: 'secret',
    properties: {
      sessionExpiryInterval: 60,
      topicAliasMaximum: 5,
      userProperties: { of: ['tea', 'cups'] },
    },
  });
  tell('sent', 'CONNECT');
  tell('received', 'CONNACK');
  client.on('packetreceive', ({ cmd }) => {
    if (cmd === 'puback') tell('received', 'PUBACK');
  });
  client.on('message', (topic, payload) => {
    tell('received', topic, JSON.parse(payload.toString()));
  });
  tell('sent', 'SUBSCRIBE');
  await client.subscribeAsync('room/#', {
    qos: 1,
    nl: true,
    properties: { subscriptionIdentifier: 9 },
  });
  tell('received', 'SUBACK');
  for (const [index, value] of [{ n: 1 }, { n: 2 }, { n: 3 }].entries()) {
    tell('sent', 'room/hall', value);
    const properties = { contentType: 'application/json', correlationData: Buffer.from([1, 2]) };
    await client.publishAsync('room/hall', JSON.stringify(value), { qos: 1, properties });
    await told(4 + 3 * (index + 1));
  }
  tell('sent', 'room/secret', { n: 4 });
  await client.publishAsync('room/secret', '{"n":4}', { qos: 1 }).catch(() => undefined);
  await told(15);
  const left = new Promise<void>((resolve) => {
    client.on('disconnect', ({ reasonCode }) => {
      if (reasonCode === 0x8b) tell('received', 'DISCONNECT');
      resolve();
    });
  });
  tell('sent', 'room/end', { n: 5 });
  await client.publishAsync('room/end', '{"n":5}', { qos: 0 });
  await left;
  await client.endAsync(true);
}

const NOT_AUTHORIZED = 0x87;
const SHUTTING_DOWN = 0x8b;

function answerFive(packet: Packet, say: (packet: Packet) => void): void {
  if (packet.cmd === 'connect') {
    say({
      cmd: 'connack',
      sessionPresent: false,
      reasonCode: 0,
      properties: { topicAliasMaximum: 5, assignedClientIdentifier: 'page' },
    });
  }
  if (packet.cmd === 'subscribe') {
    say({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [1] });
  }
  if (packet.cmd === 'publish') answerPublish(packet, say);
}

function answerPublish(
  { topic, payload, qos, messageId }: IPublishPacket,
  say: (packet: Packet) => void,
): void {
  if (topic === 'room/end') {
    say({ cmd: 'disconnect', reasonCode: SHUTTING_DOWN, properties: { reasonString: 'bye' } });
    return;
  }
  const isForbidden = topic === 'room/secret';
  if (qos > 0) {
    say({ cmd: 'puback', messageId: messageId ?? 0, reasonCode: isForbidden ? NOT_AUTHORIZED : 0 });
  }
  if (isForbidden) return;
  // Its first one names the topic, the others have only the alias.
  const isFirst = payload.toString() === '{"n":1}';
  say({
    cmd: 'publish',
    topic: isFirst ? 'room/hall' : '',
    payload,
    qos: 0,
    dup: false,
    retain: false,
    properties: { topicAlias: 3, subscriptionIdentifier: 9 },
  });
}
