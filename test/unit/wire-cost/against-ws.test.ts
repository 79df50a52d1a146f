import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Session } from '../../../src/core/session.ts';
import { measureCompressions } from '../../../src/core/wire-cost/compression.ts';
import { wireCosts } from '../../../src/core/wire-cost/wire-costs.ts';
import { startNodeDeflate } from '../../../src/lab/cli/node-deflate.ts';
import { aSession } from '../../builders/session.ts';

const DEFLATE = 'permessage-deflate';

/** Texts that compress, bytes that do not, at the lengths at which headers grow. */
const MESSAGES = [
  ...Array.from({ length: 60 }, (_, n) => JSON.stringify({ symbol: 'ACME', price: n * 1.25, n })),
  '',
  'x'.repeat(125),
  'y'.repeat(126),
  'ü'.repeat(40_000),
  Uint8Array.from({ length: 70_000 }, (_, n) => Math.imul(n + 7, 2_654_435_761) >>> 24),
];

let server: WebSocketServer | undefined;
afterEach(() => server?.close());

/** The bytes that frames of both directions took on a real socket, by the server. */
async function echoed(perMessageDeflate: boolean): Promise<{ sent: number; received: number }> {
  server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: perMessageDeflate && { threshold: 0 },
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, {
    perMessageDeflate: perMessageDeflate && { threshold: 0 },
  });
  const [[socket, { socket: wire }]] = (await Promise.all([
    once(server, 'connection'),
    once(client, 'open'),
  ])) as [[WebSocket, { socket: Socket }], unknown];
  const before = { sent: wire.bytesRead, received: wire.bytesWritten };
  socket.on('message', (data: Buffer, isBinary) => {
    socket.send(isBinary ? data : String(data));
  });
  for (const message of MESSAGES) {
    client.send(message);
    await once(client, 'message');
  }
  client.close(1000, 'done');
  await once(wire, 'close');
  return { sent: wire.bytesRead - before.sent, received: wire.bytesWritten - before.received };
}

function recorded(extensions: string): Session {
  const story = aSession().frame().websocket('ws://127.0.0.1:1/').opens({ extensions });
  for (const message of MESSAGES) story.sends(message).receives(message);
  return story
    .closing(1000, 'done')
    .ends({ endedBy: 'page', closeCode: 1000, closeReason: 'done', wasClean: true })
    .build();
}

async function frames(extensions: string): Promise<{ sent: number; received: number }> {
  const session = recorded(extensions);
  const compression = (await measureCompressions(session, startNodeDeflate)).get(1);
  const [channel] = session.channels;
  if (channel === undefined) throw new Error('no channel');
  const [asIs] = wireCosts(session, channel, { ...(compression && { compression }) });
  const heads = handshake();
  return { sent: (asIs?.sent ?? 0) - heads.sent, received: (asIs?.received ?? 0) - heads.received };
}

/** What the opening handshake alone takes. */
function handshake(): { sent: number; received: number } {
  const session = aSession().frame().websocket('ws://127.0.0.1:1/').opens().build();
  const [cost] = session.channels.flatMap((channel) => wireCosts(session, channel));
  return { sent: cost?.sent ?? 0, received: cost?.received ?? 0 };
}

describe('frames of a WebSocket take as many bytes as on a real socket', () => {
  it.each([
    ['without compression', ''],
    ['with permessage-deflate', DEFLATE],
  ])('%s', async (_name, extensions) => {
    expect(await frames(extensions)).toEqual(await echoed(extensions === DEFLATE));
  });
});
