import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { REALTIME_SUBSCRIBE_STATES, RealtimeClient } from '@supabase/realtime-js';
import { Socket } from 'phoenix';
import PusherClient from 'pusher-js';
import { WebSocket, WebSocketServer } from 'ws';
import { PHOENIX } from '../../third-party/scenarios/phoenix/server.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

/** As much of it as is used here; it brings no types. */
const actionCable = createRequire(import.meta.url)('@rails/actioncable') as {
  adapters: object;
  createConsumer: (url: string) => {
    disconnect: () => void;
    subscriptions: {
      create: (channel: string | object, handlers: object) => CableSubscription;
    };
  };
};
interface CableSubscription {
  perform: (action: string, data: object) => void;
}

const PLAYED = 'a server by the specification';

export const CHANNEL_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'phoenix',
    stack: ['phoenix'],
    packages: ['phoenix'],
    played: PLAYED,
    picks: () => true,
    run: talkPhoenix,
  },
  {
    name: 'phoenix-1',
    stack: ['phoenix'],
    packages: ['phoenix'],
    played: PLAYED,
    picks: () => true,
    run: talkPhoenixOne,
  },
  {
    name: 'supabase-realtime',
    stack: ['supabase-realtime'],
    packages: ['@supabase/realtime-js'],
    played: PLAYED,
    picks: () => true,
    run: talkSupabase,
  },
  {
    name: 'actioncable',
    stack: ['actioncable'],
    packages: ['@rails/actioncable'],
    played: PLAYED,
    picks: () => true,
    run: talkActionCable,
  },
  {
    name: 'pusher',
    stack: ['pusher'],
    packages: ['pusher-js'],
    played: PLAYED,
    picks: () => true,
    run: talkPusher,
  },
];

async function talkPhoenix({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const service = await PHOENIX.serve(server);
  const socket = new Socket(`ws://${await proxy(server)}/socket`, {
    transport: WebSocket,
    heartbeatIntervalMs: 60,
    params: { token: 'a' },
  });
  atEnd(() => server.close());
  socket.connect();
  const channel = socket.channel('room:lobby', { name: 'ann' });
  tell('sent', 'phx_join', { name: 'ann' });
  const answered = (response: unknown) => tell('received', 'phx_reply', { status: 'ok', response });
  const refused = (response: unknown) =>
    tell('received', 'phx_reply', { status: 'error', response });
  channel.on('shout', (payload: unknown) => tell('received', 'shout', payload));
  channel.on('tick', (payload: unknown) => tell('received', 'tick', payload));
  channel.on('bytes', (payload: unknown) => tell('received', 'bytes', payload));
  const push = (event: string, payload: object) => {
    tell('sent', event, payload);
    channel.push(event, payload).receive('ok', answered).receive('error', refused);
  };
  channel.join().receive('ok', answered);
  await told(2);
  push('shout', { text: 'hello “you”' });
  await told(5);
  push('mistake', { n: 1 });
  await told(7);
  service.say?.('{"n":7}');
  await told(8);
  push('bytes', new Uint8Array([1, 2, 3]).buffer);
  await told(10);
  // Long enough for a heartbeat and its answer.
  await new Promise((resolve) => setTimeout(resolve, 150));
  tell('sent', 'phx_leave', {});
  channel.leave();
  await new Promise((resolve) => setTimeout(resolve, 30));
  await new Promise<void>((resolve) => socket.disconnect(() => resolve()));
}

/** The first serializer as LiveView's page speaks it: objects, and what changed on the page. */
async function talkPhoenixOne({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    client.on('message', (data: Buffer) => {
      const { topic, event, ref } = JSON.parse(data.toString()) as Record<string, unknown>;
      const say = (said: object) => client.send(JSON.stringify({ topic, ref: null, ...said }));
      const response =
        event === 'phx_join' ? { rendered: { 0: '1', s: ['<b>', '</b>'] } } : { diff: { 0: '2' } };
      say({ event: 'phx_reply', ref, payload: { status: 'ok', response } });
      say({ event: 'diff', payload: { 0: '3' } });
    });
  });
  const socket = new Socket(`ws://${await proxy(server)}/live`, {
    transport: WebSocket,
    vsn: '1.0.0',
    encode: (message: object, done: (text: string) => void) => done(JSON.stringify(message)),
    decode: (text: string, done: (message: never) => void) => done(JSON.parse(text) as never),
  });
  atEnd(() => server.close());
  socket.connect();
  const channel = socket.channel('lv:phx-F1', { session: 's' });
  channel.on('diff', (payload: unknown) => tell('received', 'diff', payload));
  const answered = (response: unknown) => tell('received', 'phx_reply', { status: 'ok', response });
  tell('sent', 'phx_join', { session: 's' });
  channel.join().receive('ok', answered);
  await told(3);
  const click = { type: 'click', event: 'inc', value: {} };
  tell('sent', 'event', click);
  channel.push('event', click).receive('ok', answered);
  await told(6);
  await new Promise<void>((resolve) => socket.disconnect(() => resolve()));
}

async function talkSupabase({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    client.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        client.send(asSupabaseBroadcast(data));
        return;
      }
      const [joinRef, ref, topic, event] = JSON.parse(data.toString()) as unknown[];
      const say = (...said: unknown[]) => client.send(JSON.stringify(said));
      const changes = [{ id: 1, event: '*', schema: 'public', table: 'notes', filter: null }];
      const response = event === 'phx_join' ? { postgres_changes: changes } : {};
      if (event === 'phx_join' || event === 'heartbeat' || event === 'phx_leave') {
        say(joinRef, ref, topic, 'phx_reply', { status: 'ok', response });
      }
      if (event === 'phx_join') {
        say(null, null, topic, 'presence_state', {});
        say(null, null, topic, 'postgres_changes', { ids: [1], data: CHANGE });
      }
    });
  });
  const client = new RealtimeClient(`ws://${await proxy(server)}/realtime/v1`, {
    transport: WebSocket as never,
    params: { apikey: 'key' },
    heartbeatIntervalMs: 100,
  });
  atEnd(() => server.close());
  const channel = client.channel('room', { config: { broadcast: { self: true } } });
  channel.on('broadcast', { event: 'cursor' }, ({ payload }) =>
    tell('received', 'broadcast cursor', payload),
  );
  channel.on('postgres_changes' as never, { event: '*', schema: 'public', table: 'notes' }, () =>
    tell('received', 'postgres_changes', { ids: [1], data: CHANGE }),
  );
  const joined = new Promise<void>((resolve) => {
    channel.subscribe((status) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve();
    });
  });
  await joined;
  await told(1);
  const cursor = { type: 'broadcast', event: 'cursor', payload: { x: 1, y: 2 } };
  tell('sent', 'broadcast cursor', cursor.payload);
  await channel.send(cursor as never);
  await told(3);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await client.removeAllChannels();
}

/** A push has the refs in front of the topic, a broadcast has not. */
function asSupabaseBroadcast(push: Buffer): Buffer {
  const [, joinRefs = 0, refs = 0, topics = 0, events = 0, metadata = 0, encoding = 0] = push;
  const names = push.subarray(7 + joinRefs + refs);
  return Buffer.concat([Buffer.from([4, topics, events, metadata, encoding]), names]);
}

const CHANGE = {
  schema: 'public',
  table: 'notes',
  commit_timestamp: '2026-11-21T12:00:00Z',
  type: 'INSERT',
  columns: [{ name: 'id', type: 'int8' }],
  record: { id: 9007199254740 },
  errors: null,
};

async function talkActionCable({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({
    server,
    handleProtocols: (offered) =>
      offered.has('actioncable-v1-json') ? 'actioncable-v1-json' : false,
  });
  sockets.on('connection', (client) => {
    const say = (said: object) => client.send(JSON.stringify(said));
    say({ type: 'welcome' });
    const beat = setInterval(() => say({ type: 'ping', message: 1763740800 }), 60);
    client.on('close', () => clearInterval(beat));
    client.on('message', (data: Buffer) => {
      const {
        command,
        identifier,
        data: text,
      } = JSON.parse(data.toString()) as Record<string, string>;
      const isLocked = identifier?.includes('Locked');
      if (command === 'subscribe') {
        say({
          identifier,
          type: isLocked === true ? 'reject_subscription' : 'confirm_subscription',
        });
      }
      if (command === 'message')
        say({ identifier, message: { said: JSON.parse(text ?? '') as unknown } });
    });
  });
  Object.assign(globalThis, {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    document: { visibilityState: 'visible' },
  });
  Object.assign(actionCable.adapters, { WebSocket });
  const consumer = actionCable.createConsumer(`ws://${await proxy(server)}/cable`);
  atEnd(() => server.close());
  await new Promise<void>((resolve) => {
    const chat = consumer.subscriptions.create(
      { channel: 'ChatChannel', room: 'tea' },
      {
        connected: () => {
          tell('received', 'confirm_subscription');
          tell('sent', 'ChatChannel#speak', { text: 'hello', action: 'speak' });
          chat.perform('speak', { text: 'hello' });
        },
        received: (message: unknown) => {
          tell('received', 'ChatChannel', message);
          resolve();
        },
      },
    );
  });
  consumer.subscriptions.create('LockedChannel', {
    rejected: () => tell('received', 'reject_subscription'),
  });
  await told(4);
  await new Promise((resolve) => setTimeout(resolve, 100));
  consumer.disconnect();
}

async function talkPusher({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const dataOf = (value: unknown) => JSON.stringify(value);
  sockets.on('connection', (client) => {
    const say = (said: object) => client.send(JSON.stringify(said));
    say({
      event: 'pusher:connection_established',
      data: dataOf({ socket_id: '1.2', activity_timeout: 120 }),
    });
    client.on('message', (text: Buffer) => {
      const { event, data } = JSON.parse(text.toString()) as {
        event: string;
        data: { channel: string };
      };
      if (event === 'pusher:ping') say({ event: 'pusher:pong', data: '{}' });
      if (event !== 'pusher:subscribe') return;
      const { channel } = data;
      say({ event: 'pusher_internal:subscription_succeeded', channel, data: '{}' });
      say({ event: 'price', channel, data: dataOf({ of: 'tea', is: 1.5 }) });
      say({ event: 'pusher:ping', data: '{}' });
    });
  });
  const [host = '', port = ''] = (await proxy(server)).split(':');
  const client = new PusherClient('key', {
    cluster: '',
    wsHost: host,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
      customHandler: (_about: unknown, done: (error: null, auth: { auth: string }) => void) =>
        done(null, { auth: 'key:signature' }),
    },
  } as never);
  atEnd(() => server.close());
  const channel = client.subscribe('private-prices');
  channel.bind('pusher:subscription_succeeded', () => {
    tell('received', 'pusher_internal:subscription_succeeded');
    channel.trigger('client-typing', { by: 'ann' });
    tell('sent', 'client-typing', { by: 'ann' });
  });
  channel.bind('price', (data: unknown) => tell('received', 'price', data));
  await told(3);
  client.unsubscribe('private-prices');
  tell('sent', 'pusher:unsubscribe', { channel: 'private-prices' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  client.disconnect();
}
