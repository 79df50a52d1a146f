import { sleep } from '../sleep.ts';
import { readParsed } from '../workload/payload.ts';
import { readLines } from './read-lines.ts';
import { RECONNECT, type WorkloadClient, type WorkloadHooks } from './workload-client.ts';
import { createPoster } from './workload-poster.ts';

/** Lines of JSON in a response that stays open, and one more response whenever it ended. */
export function createStreamWorkload(origin: string, hooks: WorkloadHooks): WorkloadClient {
  return repeat(origin, hooks, RECONNECT, async (signal) => {
    const after = hooks.seen();
    const { body } = await get(
      `${origin}/fetch-stream${after === 0 ? '' : `?after=${after}`}`,
      signal,
    );
    hooks.opened();
    await readLines(body, (line) => hooks.received(readParsed(JSON.parse(line))));
    if (!signal.aborted) hooks.lost();
  });
}

/** A request after the other; with an interval of 0, long polling. */
export function createPollWorkload(
  origin: string,
  path: 'polling' | 'long-polling',
  interval: number,
  hooks: WorkloadHooks,
): WorkloadClient {
  return repeat(origin, hooks, interval, async (signal) => {
    const response = await get(`${origin}/${path}?after=${hooks.seen()}`, signal);
    const { messages } = (await response.json()) as { messages: readonly unknown[] };
    hooks.opened();
    for (const message of messages) hooks.received(readParsed(message));
  });
}

async function get(
  url: string,
  signal: AbortSignal,
): Promise<Response & { body: ReadableStream<Uint8Array<ArrayBuffer>> }> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  return response as Response & { body: NonNullable<Response['body']> };
}

function repeat(
  origin: string,
  hooks: WorkloadHooks,
  pauseBetween: number,
  ask: (signal: AbortSignal) => Promise<void>,
): WorkloadClient {
  const over = new AbortController();
  const poster = createPoster(origin);

  async function run(signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      try {
        await ask(signal);
        await sleep(pauseBetween, signal);
      } catch {
        if (!isOver()) hooks.lost();
        await sleep(RECONNECT, signal);
      }
    }
  }

  void run(over.signal);
  return {
    send: poster.send,
    close: () => {
      over.abort();
      poster.close();
    },
  };
}
