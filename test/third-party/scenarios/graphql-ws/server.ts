import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

const schema = buildSchema(`
  type Query { greeting(name: String!): String }
  type Tick { seq: Int }
  type Subscription { ticks: Int, feed: Tick }
`);

const query = { greeting: ({ name }: { name: string }) => `Hello, ${name}` };

export const GRAPHQL_WS: Scenario = {
  title: 'graphql-ws',
  page: 'graphql-ws',
  serve: (server) => {
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    const { follow, say } = createFollowing();
    const roots = { query, subscription: { ticks: countAndStay, feed: follow } };
    const service = useServer({ schema, roots, onConnect: () => ({ hello: 'page' }) }, sockets);
    return {
      say,
      close: () => service.dispose(),
    };
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

/** What the server says from now on, for each that subscribes, until it goes. */
function createFollowing() {
  const followers = new Set<(value: unknown) => void>();
  const follow = (): AsyncIterableIterator<unknown> => {
    const said: unknown[] = [];
    let wake: (() => void) | undefined;
    const hear = (value: unknown) => {
      said.push(value);
      wake?.();
    };
    followers.add(hear);
    const following: AsyncIterableIterator<unknown> = {
      next: async () => {
        if (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return { done: false, value: { feed: said.shift() } };
      },
      // A generator would go on following until its next value.
      return: () => {
        followers.delete(hear);
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]: () => following,
    };
    return following;
  };
  return {
    follow,
    say: (text: string) => {
      for (const hear of followers) hear(JSON.parse(text));
    },
  };
}
