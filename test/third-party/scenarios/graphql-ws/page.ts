import { createClient } from 'graphql-ws';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const client = createClient({
    url: `${ws}/graphql`,
    lazy: false,
    shouldRetry: () => true,
    retryWait: () => Promise.resolve(),
    connectionParams: { user: 'page' },
    generateID: () => `operation ${(operations += 1)}`,
    onNonLazyError: (error) => {
      note('non-lazy error', error);
    },
  });
  let operations = 0;
  client.on('connecting', (isRetry) => {
    note('connecting', isRetry);
  });
  client.on('opened', (socket) => {
    const { protocol, readyState, binaryType } = socket as WebSocket;
    note('opened', protocol, readyState, binaryType, (socket as WebSocket).constructor.name);
  });
  client.on('connected', (_socket, payload, wasRetry) => {
    note('connected', payload, wasRetry);
  });
  client.on('message', (message) => {
    note('message', message);
  });
  client.on('error', (error) => {
    note('error', error);
  });
  client.on('closed', (event) => {
    note('closed', event);
  });

  await until('connected');
  const subscribe = (query: string, name: string) =>
    client.subscribe(
      { query },
      {
        next: (value) => {
          note(`next of ${name}`, value);
        },
        error: (error) => {
          note(`error of ${name}`, error);
        },
        complete: () => {
          note(`complete of ${name}`);
        },
      },
    );
  subscribe('{ greeting(name: "wörld 🌍") }', 'query');
  await until('complete of query');
  subscribe('{ nothing }', 'mistake');
  await until('error of mistake');
  const stop = subscribe('subscription { ticks }', 'ticks');
  await until('next of ticks', 3);

  // A running subscription is the client's to renew after it has connected again.
  await tell('drop');
  await until('next of ticks', 6);
  stop();
  await until('complete of ticks');
  await client.dispose();
  await until('closed', 2);
}
