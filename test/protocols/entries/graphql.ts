import { createServer } from 'node:http';
import { buildSchema, execute, parse, subscribe } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/http';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { SubscriptionClient, SubscriptionServer } from 'subscriptions-transport-ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const schema = buildSchema(`
  type Query { hello(name: String): String }
  type Subscription { ticks(count: Int!): Tick! }
  type Tick { n: Int! text: String! }
`);
const rootValue = {
  hello: ({ name }: { name: string }) => `hello ${name}`,
  async *ticks({ count }: { count: number }) {
    for (let n = 1; n <= count; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield { ticks: { n, text: `“${n}”` } };
    }
  },
};

const TICKS = 'subscription Ticks($count: Int!) { ticks(count: $count) { n text } }';
const HELLO = '{ hello(name: "ann") }';
const WRONG = 'query Wrong { nothing }';

export const GRAPHQL_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'graphql-transport-ws',
    stack: ['graphql-transport-ws'],
    packages: ['graphql-ws', 'graphql'],
    picks: () => true,
    run: talkTransportWs,
  },
  {
    name: 'subscriptions-transport-ws',
    stack: ['subscriptions-transport-ws'],
    packages: ['subscriptions-transport-ws', 'graphql'],
    picks: () => true,
    run: talkSubscriptions,
  },
  {
    name: 'graphql-sse',
    stack: ['graphql-sse'],
    packages: ['graphql-sse', 'graphql'],
    picks: () => true,
    run: talkEvents,
  },
];

async function talkTransportWs({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  useServer({ schema, roots: { subscription: rootValue, query: rootValue } }, sockets, 10_000);
  const client = createClient({
    url: `ws://${await proxy(server)}/graphql`,
    webSocketImpl: WebSocket,
    keepAlive: 60,
    connectionParams: { token: 'secret' },
    lazy: false,
  });
  atEnd(() => server.close());
  const pong = new Promise<void>((resolve) => client.on('pong', () => resolve()));
  const run = (name: string, payload: { query: string; variables?: Record<string, unknown> }) => {
    tell('sent', `subscribe ${name}`, payload);
    let isStopped = false;
    const stop = client.subscribe(payload, {
      next: (result) => tell('received', `next ${name}`, result),
      error: (errors) => tell('received', `error ${name}`, errors),
      complete: () => tell(isStopped ? 'sent' : 'received', `complete ${name}`),
    });
    return () => {
      isStopped = true;
      stop();
    };
  };
  run('Ticks', { query: TICKS, variables: { count: 2 } });
  await told(4);
  run('hello', { query: HELLO });
  await told(7);
  run('Wrong', { query: WRONG });
  await told(9);
  const stop = run('Ticks', { query: TICKS, variables: { count: 1000 } });
  await told(12);
  stop();
  await pong;
  // The client says so in a turn of its own.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.dispose();
}

async function talkSubscriptions({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  SubscriptionServer.create(
    {
      schema,
      rootValue,
      execute,
      subscribe: subscribe as never,
      keepAlive: 60,
    },
    { server, path: '/graphql' },
  );
  const client = new SubscriptionClient(
    `ws://${await proxy(server)}/graphql`,
    { reconnect: false, connectionParams: { token: 'secret' } },
    WebSocket,
  );
  atEnd(() => server.close());
  const run = (
    name: string,
    payload: { query: string; variables?: object; operationName?: string },
  ) => {
    tell('sent', `start ${name}`, payload);
    return client.request(payload).subscribe({
      next: (result: unknown) => tell('received', `data ${name}`, result),
      error: () => tell('received', `data ${name}`),
      complete: () => tell('received', `complete ${name}`),
    });
  };
  const ticks = { query: TICKS, operationName: 'Ticks' };
  run('Ticks', { ...ticks, variables: { count: 2 } });
  await told(4);
  run('hello', { query: HELLO, variables: {} });
  await told(7);
  const { unsubscribe } = run('Ticks', { ...ticks, variables: { count: 1000 } });
  await told(10);
  unsubscribe();
  await new Promise((resolve) => setTimeout(resolve, 100));
  client.close();
}

async function talkEvents({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const handle = createHandler({
    onSubscribe: (_request, { query, variables }) => ({
      schema,
      document: parse(query),
      rootValue,
      contextValue: undefined,
      variableValues: { ...variables },
    }),
  });
  const server = createServer((request, response) => void handle(request, response));
  const url = `http://${await proxy(server)}/graphql/stream`;
  const client = createSseClient({ url, retryAttempts: 0 });
  atEnd(() => client.dispose());
  atEnd(() => server.close());
  const payload = { query: TICKS, variables: { count: 3 } };
  tell('sent', 'subscribe Ticks', payload);
  client.subscribe(payload, {
    next: (result) => tell('received', 'next Ticks', result),
    error: (error) => tell('received', 'error Ticks', error),
    complete: () => tell('received', 'complete Ticks'),
  });
  await told(5);
}
