import type { Server, ServerResponse } from 'node:http';
import type { Milliseconds } from '../../../src/core/units.ts';
import type { Service } from '../../third-party/scenario.ts';
import { type Feed, tickText } from '../feed.ts';

/** How an event stream treats a page that comes back. */
export interface StreamOptions {
  /** Events carry ids. */
  readonly hasIds?: boolean;
  /** It goes on after the last event ID that the page names. */
  readonly honoursIds?: boolean;
  /** It goes on this many events before the latest, whatever the page names. */
  readonly goesBack?: number;
  /** What it sets as reconnection time, at the beginning of each answer. */
  readonly retry?: Milliseconds;
  /** A comment as heartbeat, this often. */
  readonly commentEvery?: Milliseconds;
}

/** The feed as an event stream (HTML, “Server-sent events”), at any path. */
export function serveStream(server: Server, feed: Feed, options: StreamOptions = {}): Service {
  const open = new Set<ServerResponse>();
  server.on('request', (request, response) => {
    const { hasIds = false, honoursIds = false, goesBack = 0, retry, commentEvery } = options;
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    if (retry !== undefined) response.write(`retry: ${retry}\n\n`);
    const tell = (seq: number) => {
      response.write(`${hasIds ? `id: ${seq}\n` : ''}data: ${tickText(seq)}\n\n`);
    };
    const asked = Number(request.headers['last-event-id'] ?? feed.latest);
    const from = honoursIds ? asked : Math.max(0, feed.latest - goesBack);
    for (let seq = from + 1; seq <= feed.latest; seq += 1) tell(seq);
    const leave = feed.subscribe(tell);
    const timer =
      commentEvery !== undefined && setInterval(() => response.write(':\n\n'), commentEvery);
    open.add(response);
    response.on('close', () => {
      open.delete(response);
      leave();
      if (timer !== false) clearInterval(timer);
    });
  });
  return {
    commands: {
      finish: () => {
        for (const response of open) response.end();
      },
    },
    close: () => undefined,
  };
}
