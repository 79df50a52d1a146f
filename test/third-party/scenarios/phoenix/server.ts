import { WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

/** A message of Phoenix's second serializer; the refs are the client's own count. */
type Told = [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

const BROADCAST = 2;

export const PHOENIX: Scenario = {
  title: 'phoenix',
  page: 'phoenix',
  serve: (server) => {
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      const tell = (...told: Told) => {
        socket.send(JSON.stringify(told));
      };
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) {
          socket.send(asBroadcast(data));
          return;
        }
        const [joinRef, ref, topic, event, payload] = JSON.parse(data.toString()) as Told;
        if (event === 'shout') tell(null, null, topic, event, payload);
        const status = event === 'mistake' ? 'error' : 'ok';
        tell(joinRef, ref, topic, 'phx_reply', { status, response: { to: event } });
      });
    });
    return {
      say: (text) => {
        const told = JSON.stringify([null, null, 'room:lobby', 'tick', JSON.parse(text)]);
        for (const socket of sockets.clients) socket.send(told);
      },
      close: () => {
        sockets.close();
      },
    };
  },
  milestones: {
    open: 2,
    joined: 2,
    shout: 2,
    answered: 2,
    refused: 1,
    bytes: 1,
    'channel error': 1,
    left: 1,
    close: 2,
    disconnected: 1,
  },
  inSession: { websocket: 'websocket' },
};

/** A binary push names join ref, ref, topic and event by their lengths; a broadcast has no refs. */
function asBroadcast(push: Buffer): Buffer {
  const [, joinRefs = 0, refs = 0, topics = 0, events = 0] = push;
  const names = push.subarray(5 + joinRefs + refs);
  return Buffer.concat([Buffer.from([BROADCAST, topics, events]), names]);
}
