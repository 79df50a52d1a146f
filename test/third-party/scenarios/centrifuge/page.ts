import { Centrifuge } from 'centrifuge';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const client = new Centrifuge(`${ws}/connection/websocket`, {
    name: 'page',
    minReconnectDelay: 1,
    maxReconnectDelay: 2,
  });
  for (const event of ['connecting', 'connected', 'disconnected', 'error'] as const) {
    client.on(event, (context: unknown) => {
      note(event, context, client.state);
    });
  }
  const news = client.newSubscription('news', { minResubscribeDelay: 1, maxResubscribeDelay: 2 });
  for (const event of ['subscribing', 'subscribed', 'unsubscribed', 'publication'] as const) {
    news.on(event, (context: unknown) => {
      note(event, context, news.state);
    });
  }
  news.subscribe();
  client.connect();
  await until('subscribed');
  note('published', await news.publish({ text: 'grüße 🌍', n: 1 }));
  await until('publication');
  note('result', await client.rpc('add', [2, 40]));
  await client.rpc('fail', null).catch((error: unknown) => {
    note('refused', error);
  });

  await tell('drop');
  await until('subscribed', 2);
  note('published', await news.publish('after the drop'));
  await until('publication', 2);
  // The server's own word, with a code that asks the client to come again.
  await tell('restart');
  await until('subscribed', 3);
  news.unsubscribe();
  // What the server answers after a close no page ever sees.
  note('result', await client.rpc('add', [1, 1]));
  client.disconnect();
  await until('disconnected');
}
