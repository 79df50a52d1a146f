import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

export const MQTT: Scenario = {
  title: 'mqtt',
  page: 'mqtt',
  serve: async (server) => {
    const broker = await Aedes.createBroker();
    const sockets = new WebSocketServer({ server, path: '/mqtt' });
    sockets.on('connection', (socket, request) => {
      const stream = createWebSocketStream(socket);
      stream.on('error', () => stream.destroy());
      broker.handle(stream, request);
    });
    return {
      commands: {
        publish: () => {
          const payload = Buffer.from('from the broker');
          const packet = { cmd: 'publish', topic: 'room/broker', payload } as const;
          broker.publish({ ...packet, qos: 1, retain: false, dup: false }, () => undefined);
        },
      },
      close: () =>
        new Promise((resolve) => {
          sockets.close();
          broker.close(resolve);
        }),
    };
  },
  milestones: { connect: 2, granted: 1, message: 5, reconnect: 1, close: 2, end: 1 },
  inSession: { websocket: 'websocket' },
};
