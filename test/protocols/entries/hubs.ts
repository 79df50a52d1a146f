import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'eventsource';
import { createServer as createVite } from 'vite';
import { WebSocket } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const HUB_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'mercure',
    stack: ['mercure', 'json'],
    packages: ['eventsource'],
    played: 'a hub by the specification',
    picks: () => true,
    run: talkMercure,
  },
  {
    name: 'vite-hmr',
    stack: ['vite-hmr'],
    packages: ['vite', 'ws'],
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: talkVite,
  },
];

const UPDATES = [
  { type: 'message', data: { title: 'tea “green”' } },
  { type: 'price', data: { of: 'tea', is: 1.5 } },
  { type: 'message', data: [1, 2] },
];

async function talkMercure({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      link: '<https://server.test/.well-known/mercure>; rel="mercure"',
    });
    for (const [index, { type, data }] of UPDATES.entries()) {
      const event = type === 'message' ? '' : `event: ${type}\n`;
      const id = `urn:uuid:5e94c686-2c0b-4f9b-958c-92ccc3bbb4e${index}`;
      response.write(`${event}id: ${id}\ndata: ${JSON.stringify(data)}\n\n:\n`);
    }
  });
  const topic = encodeURIComponent('https://server.test/books/{id}');
  const client = new EventSource(
    `http://${await proxy(server)}/.well-known/mercure?topic=${topic}`,
  );
  atEnd(() => server.close());
  atEnd(() => client.close());
  client.addEventListener('message', ({ data }) =>
    tell('received', '', JSON.parse(data as string)),
  );
  client.addEventListener('price', ({ data }) =>
    tell('received', 'price', JSON.parse(data as string)),
  );
  await told(UPDATES.length);
}

const MODULE = 'export const n = 1;\nimport.meta.hot.accept();\n';

async function talkVite({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'vite-hmr-'));
  const file = join(root, 'main.js');
  await writeFile(file, MODULE);
  await writeFile(join(root, 'index.html'), '<script type="module" src="/main.js"></script>');
  const vite = await createVite({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1', watch: { usePolling: true, interval: 30 } },
    optimizeDeps: { noDiscovery: true },
    plugins: [{ name: 'tells', handleHotUpdate: () => tell('received', 'update') }],
  });
  atEnd(() => rm(root, { recursive: true, force: true }));
  atEnd(() => vite.close());
  await vite.listen();
  const address = vite.httpServer?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const host = await proxy(port);
  const code = await (await fetch(`http://${host}/@vite/client`)).text();
  await fetch(`http://${host}/main.js`);
  const token = /const wsToken = "([^"]+)"/u.exec(code)?.[1] ?? '';
  const socket = new WebSocket(`ws://${host}/?token=${token}`, 'vite-hmr');
  atEnd(() => socket.terminate());
  await new Promise((resolve) => socket.once('message', resolve));
  vite.ws.on('page:said', (data: unknown) => {
    tell('sent', 'page:said', data);
    vite.ws.send('server:said', { back: 1 });
    tell('received', 'server:said', { back: 1 });
  });
  socket.send(JSON.stringify({ type: 'custom', event: 'page:said', data: { hello: 'vite' } }));
  await told(2);
  socket.send(JSON.stringify({ type: 'ping' }));
  const updated = new Promise((resolve) => socket.once('message', resolve));
  await writeFile(file, MODULE.replace('1', '2'));
  await told(3);
  await updated;
  const reloaded = new Promise((resolve) => socket.once('message', resolve));
  vite.ws.send({ type: 'full-reload', path: '*' });
  tell('received', 'full-reload');
  await reloaded;
}
