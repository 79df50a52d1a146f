import type { Server } from 'node:http';
import type { Service } from '../scenario.ts';

/** Each connection gets this many. */
const EVENTS = 3;

/**
 * An event stream for its clients: three events that go on after the last event ID, then quiet. After `finish` a
 * client that comes again is told that there is no more (HTML, “No Content”).
 */
export function serveEvents(server: Server): Service {
  let isFinished = false;
  server.on('request', (request, response) => {
    request.resume();
    if (isFinished) {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': the beginning\nretry: 1\n\n');
    const last = Number(request.headers['last-event-id'] ?? 0);
    for (let id = last + 1; id <= last + EVENTS; id += 1) {
      const type = id % 2 === 0 ? 'event: update\n' : '';
      response.write(`id: ${id}\n${type}data: event ${id}, grüße 🌍\ndata: its second line\n\n`);
    }
  });
  return {
    commands: {
      finish: () => {
        isFinished = true;
      },
    },
    close: () => undefined,
  };
}
