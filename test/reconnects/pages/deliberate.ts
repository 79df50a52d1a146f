import type { Stage } from '../../third-party/stage/stage.ts';
import { drawDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

/** Pages whose sockets come and go on purpose, or side by side; by `mode`. */
export default async function play(stage: Stage): Promise<void> {
  const { policy, mode } = readSettings(stage.variant);
  if (mode === 'pool') await runPool(stage, policy.kind === 'none' ? undefined : policy);
  else await runInTurn(stage, TURNS[mode] ?? ['/app']);
}

/** Which addresses a page opens one after another, each closed by itself before the next. */
const TURNS: Readonly<Record<string, readonly string[]>> = {
  jobs: ['/work?job=upload-1', '/work?job=upload-2', '/work?job=preview'],
  reopened: ['/chat', '/chat'],
};

async function runInTurn({ ws, tell }: Stage, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const socket = new WebSocket(ws + path);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send(JSON.stringify({ open: path }));
    await tell('talk');
    const closed = new Promise((resolve) => {
      socket.onclose = resolve;
    });
    socket.close(1000, 'done');
    await closed;
    // What a person needs to think of it again.
    await tell('rest');
  }
}

/** Two sockets to one address at the same time; each sees to itself. */
async function runPool(
  { ws, tell }: Stage,
  policy: Parameters<typeof drawDelay>[0] | undefined,
): Promise<void> {
  let isOver = false;
  const sockets = ['left', 'right'].map((member) => {
    let attempt = 0;
    let socket: WebSocket;
    const connect = () => {
      socket = new WebSocket(`${ws}/pool`);
      socket.onopen = () => {
        attempt = 0;
        socket.send(JSON.stringify({ member }));
      };
      socket.onclose = () => {
        attempt += 1;
        const delay = policy && drawDelay(policy, attempt);
        if (!isOver && delay !== undefined) setTimeout(connect, delay);
      };
    };
    connect();
    return () => {
      socket.close(1000, 'done');
    };
  });
  await tell('play');
  isOver = true;
  for (const close of sockets) close();
}
