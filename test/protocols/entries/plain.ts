import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolId } from '../../../src/core/decoded/decoded.ts';
import type { ProtocolEntry } from '../protocol-entry.ts';

const TEXTS = ['ping', 'pong', 'hello, world', '42', 'true', 'subscribe news', '', '{not JSON'];
const VALUES = [
  { type: 'subscribe', symbols: ['A', 'B'], id: 1 },
  { type: 'quote', symbol: 'A', price: 12.5 },
  { type: 'quote', symbol: 'B', price: 7, at: 1763740800000 },
  ['batch', { n: 1 }, { n: 2 }],
  { type: 'message', data: '{"nested":true}' },
  { event: 'chat', payload: { text: 'quote “this”', topic: 'tea' } },
  { method: 'hello', params: { a: 1 } },
];

/** What an app says with no protocol of its own; each message is echoed. */
const plainEntry = (
  id: ProtocolId,
  texts: readonly string[],
  values: readonly unknown[],
): ProtocolEntry => ({
  name: id,
  stack: [id],
  packages: ['ws'],
  picks: () => true,
  run: async ({ proxy, tell, told, atEnd }) => {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
    const client = new WebSocket(`ws://${await proxy(server)}/feed`);
    let heard = 0;
    client.on('message', () => {
      tell('received', '', values[heard]);
      heard += 1;
    });
    client.on('open', () => {
      for (const [index, text] of texts.entries()) {
        client.send(text);
        tell('sent', '', values[index]);
      }
    });
    await told(2 * texts.length);
    atEnd(() => server.close());
    atEnd(() => client.terminate());
  },
});

export const PLAIN_ENTRIES: readonly ProtocolEntry[] = [
  plainEntry('text', TEXTS, TEXTS),
  plainEntry(
    'json',
    VALUES.map((value) => JSON.stringify(value)),
    VALUES,
  ),
];
