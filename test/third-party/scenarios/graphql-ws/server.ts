import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

const schema = buildSchema(`
  type Query { greeting(name: String!): String }
  type Subscription { ticks: Int }
`);

const roots = {
  query: { greeting: ({ name }: { name: string }) => `Hello, ${name}` },
  subscription: { ticks: countAndStay },
};

export const GRAPHQL_WS: Scenario = {
  title: 'graphql-ws',
  page: 'graphql-ws',
  serve: (server) => {
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    const service = useServer({ schema, roots, onConnect: () => ({ hello: 'page' }) }, sockets);
    return { close: () => service.dispose() };
  },
  milestones: {
    opened: 2,
    connected: 2,
    closed: 2,
    'next of query': 1,
    'complete of query': 1,
    'error of mistake': 1,
    'next of ticks': 6,
    'complete of ticks': 1,
  },
  inSession: { websocket: 'websocket' },
};

/** Three ticks, and then none, until the subscriber goes. */
async function* countAndStay() {
  for (let ticks = 1; ticks <= 3; ticks += 1) yield { ticks };
  await new Promise(() => undefined);
}
