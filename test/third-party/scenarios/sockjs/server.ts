import sockjs, { type Connection } from 'sockjs';
import type { Scenario } from '../../scenario.ts';

const BASE: Omit<Scenario, 'title' | 'variant' | 'inSession'> = {
  page: 'sockjs',
  serve: (server) => {
    const connections = new Set<Connection>();
    const service = sockjs.createServer({ prefix: '/sockjs', log: () => undefined });
    service.on('connection', (connection: Connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
      connection.on('data', (message) => connection.write(message));
    });
    service.installHandlers(server);
    return {
      say: (text) => {
        for (const connection of connections) connection.write(text);
      },
      commands: {
        'send away': () => {
          for (const connection of connections) connection.close('3001', 'go away');
        },
      },
      close: () => {
        for (const connection of connections) connection.destroy();
      },
    };
  },
  // It asks `/info` first, and posts its messages beside an EventSource, too.
  polls: /\/xhr(?:_streaming|_send)?\?/u,
  milestones: { open: 3, message: 6, close: 3 },
};

export const SOCKJS: readonly Scenario[] = [
  {
    ...BASE,
    title: 'sockjs-client over WebSocket',
    variant: 'websocket',
    inSession: { websocket: 'websocket' },
  },
  {
    ...BASE,
    title: 'sockjs-client over EventSource',
    variant: 'eventsource',
    inSession: { 'event-stream': 'eventsource' },
  },
  {
    ...BASE,
    title: 'sockjs-client over XHR streaming',
    variant: 'xhr-streaming',
    // The library aborts in the handler that got the last piece, and the session lacks that piece. Once it does
    // not, this is `exchange: 'polling'`.
    inSession: { exchange: 'polling' },
  },
  {
    ...BASE,
    title: 'sockjs-client over XHR polling',
    variant: 'xhr-polling',
    inSession: { exchange: 'polling' },
  },
];
