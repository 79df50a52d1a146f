import type { Server } from 'node:http';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Scenario, Service } from '../../scenario.ts';

export const MQTT: Scenario = {
  title: 'mqtt',
  page: 'mqtt',
  serve: serveMqtt,
  milestones: { connect: 2, granted: 1, message: 5, reconnect: 1, close: 2, end: 1 },
  inSession: { websocket: 'websocket' },
};

/** Sessions are kept for clients that ask for it. */
export async function serveMqtt(server: Server): Promise<Service> {
  const broker = await Aedes.createBroker();
  const sockets = new WebSocketServer({ server, path: '/mqtt' });
  sockets.on('connection', (socket, request) => {
    const stream = createWebSocketStream(socket);
    stream.on('error', () => stream.destroy());
    broker.handle(stream, request);
  });
  const publish = (topic: string, text: string) => {
    const packet = { cmd: 'publish', topic, payload: Buffer.from(text) } as const;
    broker.publish({ ...packet, qos: 1, retain: false, dup: false }, () => undefined);
  };
  return {
    commands: {
      publish: () => {
        publish('room/broker', 'from the broker');
      },
    },
    say: (text) => {
      publish('room/feed', text);
    },
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        broker.close(resolve);
      }),
  };
}
