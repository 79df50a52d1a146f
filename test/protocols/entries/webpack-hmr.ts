import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const TO_INSTALL = 'npm install --no-save webpack@5 webpack-dev-server@5 webpack-hot-middleware@2';

export const WEBPACK_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'webpack-hmr',
    stack: ['webpack-hmr'],
    packages: ['webpack', 'webpack-dev-server', 'ws'],
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: talkDevServer,
  },
  {
    name: 'webpack-hmr-middleware',
    stack: ['webpack-hmr'],
    packages: ['webpack', 'webpack-hot-middleware', 'eventsource'],
    picks: () => true,
    run: talkMiddleware,
  },
];

/** What is used of the packages, which are no dependencies. */
interface Stats {
  hash: string;
  hasErrors: () => boolean;
  hasWarnings: () => boolean;
  toJson: (options: object) => { modules: { id: string; name: string }[] };
}
interface Compiler {
  hooks: Record<'invalid' | 'done', { tap: (name: string, tell: (stats: Stats) => void) => void }>;
  watch: (options: object, done: () => void) => { close: (closed: () => void) => void };
}
type Webpack = (settings: object) => Compiler;
type DevServer = new (
  settings: object,
  compiler: Compiler,
) => { server: Server; start: () => Promise<void>; stop: () => Promise<void> };
type HotMiddleware = (
  compiler: Compiler,
  settings: object,
) => {
  (asked: IncomingMessage, answer: ServerResponse, next: () => void): void;
  close: () => void;
};

/** By a name that the compiler cannot look up: the package need not be there. */
async function packageOf<Export>(name: string): Promise<Export> {
  const found = (await import(name).catch((cause: unknown) => {
    throw new Error(`to record this: ${TO_INSTALL}`, { cause });
  })) as { default: Export };
  return found.default;
}

const WHOLE = 'export const n = 1;\n';
const BROKEN = 'export const n = ;\n';
const DOUBTFUL = 'export const load = (name) => require(name);\n';

/** A module, and what compiles it; `write` ends when it is built again. */
async function createProject({ atEnd }: Stage) {
  const root = await mkdtemp(join(tmpdir(), 'webpack-hmr-'));
  const file = join(root, 'main.js');
  await writeFile(file, WHOLE);
  atEnd(() => rm(root, { recursive: true, force: true }));
  const compiler = (await packageOf<Webpack>('webpack'))({
    context: root,
    mode: 'development',
    entry: './main.js',
    output: { path: join(root, 'dist') },
    watchOptions: { poll: 30, aggregateTimeout: 30 },
    infrastructureLogging: { level: 'none' },
  });
  let built = (_stats: Stats): void => undefined;
  compiler.hooks.done.tap('recorder', (stats) => built(stats));
  const nextBuild = () => new Promise<Stats>((resolve) => (built = resolve));
  const write = async (text: string) => {
    const next = nextBuild();
    await writeFile(file, text);
    return next;
  };
  return { compiler, nextBuild, write };
}

async function talkDevServer(stage: Stage): Promise<void> {
  const { proxy, tell, atEnd } = stage;
  const { compiler, nextBuild, write } = await createProject(stage);
  const Dev = await packageOf<DevServer>('webpack-dev-server');
  const first = nextBuild();
  const overlay = { errors: true, warnings: false };
  const dev = new Dev(
    {
      port: 0,
      host: '127.0.0.1',
      static: false,
      allowedHosts: 'all',
      devMiddleware: { stats: 'none' },
      client: { overlay, reconnect: 5 },
    },
    compiler,
  );
  await dev.start();
  atEnd(() => dev.stop());
  let lastHash = '';
  const tellBuild = (stats: Stats, isFirst = false) => {
    const isClean = !stats.hasErrors() && !stats.hasWarnings();
    if (isClean && !isFirst && stats.hash === lastHash) {
      tell('received', 'still-ok');
      return;
    }
    lastHash = stats.hash;
    tell('received', 'hash', stats.hash);
    if (stats.hasWarnings()) tell('received', 'warnings');
    if (stats.hasErrors()) tell('received', 'errors');
    if (isClean) tell('received', 'ok');
  };
  const built = await first;
  const socket = new WebSocket(`ws://${await proxy(dev.server)}/ws`);
  atEnd(() => socket.terminate());
  tell('received', 'hot');
  tell('received', 'liveReload');
  tell('received', 'reconnect', 5);
  tell('received', 'overlay', overlay);
  tellBuild(built, true);
  const ends = /"(?:ok|still-ok|errors|warnings)"/u;
  const came = () =>
    new Promise<void>((resolve) => {
      const look = (data: Buffer) => {
        if (!ends.test(data.toString())) return;
        socket.off('message', look);
        resolve();
      };
      socket.on('message', look);
    });
  await came();
  compiler.hooks.invalid.tap('recorder', () => tell('received', 'invalid'));
  for (const text of [WHOLE.replace('1', '2'), BROKEN, DOUBTFUL, WHOLE, WHOLE]) {
    const seen = came();
    tellBuild(await write(text));
    await seen;
  }
}

async function talkMiddleware(stage: Stage): Promise<void> {
  const { proxy, tell, atEnd } = stage;
  const { compiler, nextBuild, write } = await createProject(stage);
  const createHot = await packageOf<HotMiddleware>('webpack-hot-middleware');
  const hot = createHot(compiler, { log: false, heartbeat: 400, statsOptions: { ids: true } });
  const first = nextBuild();
  const watching = compiler.watch({ poll: 30, aggregateTimeout: 30 }, () => undefined);
  atEnd(() => new Promise<void>((resolve) => watching.close(resolve)));
  const server = createServer((asked, answer) => hot(asked, answer, () => answer.end()));
  atEnd(() => server.close());
  atEnd(() => hot.close());
  const modulesIn = (stats: Stats) =>
    Object.fromEntries(
      stats
        .toJson({ all: false, modules: true, ids: true })
        .modules.map(({ id, name }) => [id, name]),
    );
  const built = await first;
  const client = new EventSource(`http://${await proxy(server)}/__webpack_hmr`);
  atEnd(() => client.close());
  const came = (word: string) =>
    new Promise<void>((resolve) => {
      const look = ({ data }: MessageEvent<string>) => {
        if (!data.includes(word)) return;
        client.removeEventListener('message', look);
        resolve();
      };
      client.addEventListener('message', look);
    });
  await came('"sync"');
  tell('received', 'sync', modulesIn(built));
  compiler.hooks.invalid.tap('recorder', () => tell('received', 'building'));
  const rebuilt = came('"built"');
  tell('received', 'built', modulesIn(await write(WHOLE.replace('1', '2'))));
  await rebuilt;
  await came('💓');
  tell('received', 'heartbeat');
  const broken = came('"built"');
  await write(BROKEN);
  tell('received', 'built');
  await broken;
}
