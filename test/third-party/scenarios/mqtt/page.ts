import mqtt from 'mqtt';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const client = mqtt.connect(`${ws}/mqtt`, {
    clientId: 'page',
    clean: false,
    reconnectPeriod: 1,
    keepalive: 60,
    will: { topic: 'room/will', payload: 'gone', qos: 0, retain: false },
  });
  client.on('connect', ({ cmd, returnCode, sessionPresent }) => {
    note('connect', cmd, returnCode, sessionPresent, client.connected);
  });
  client.on('message', (topic, payload, { qos, retain, dup }) => {
    note('message', topic, payload.length, [...payload.subarray(0, 32)], qos, retain, dup);
  });
  for (const event of ['reconnect', 'close', 'offline', 'disconnect', 'end'] as const) {
    client.on(event, () => {
      note(event, client.connected, client.reconnecting);
    });
  }
  client.on('error', (error) => {
    note('error', error);
  });

  await until('connect');
  note('granted', await client.subscribeAsync('room/#', { qos: 2 }));
  await client.publishAsync('room/large', bytes(...Array<number>(70_000).fill(7)), { qos: 2 });
  await until('message');
  await client.publishAsync('room/bytes', bytes(0, 127, 128, 255), { qos: 1 });
  await until('message', 2);
  // The last one needs no acknowledgement: nothing is under way when the connection drops.
  await client.publishAsync('room/text', 'qos 0: grüße', { qos: 0 });
  await until('message', 3);

  await tell('drop');
  await until('close');
  // What is published without a connection waits for the next one.
  client.publish('room/late', 'published while offline', { qos: 0 });
  await until('connect', 2);
  await until('message', 4);
  await tell('publish');
  await until('message', 5);
  await client.endAsync();
  await until('end');
}

/** Its types ask for Node's Buffer, which a browser has not; it takes any bytes. */
function bytes(...values: number[]): Buffer {
  return new Uint8Array(values) as Buffer;
}
