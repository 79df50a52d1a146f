import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Milliseconds } from '../../../src/core/units.ts';
import type { Service } from '../../third-party/scenario.ts';
import { type Feed, tickText } from '../feed.ts';

/** How a plain WebSocket server treats a page that comes back, and whether it shows that it is there. */
export interface SequenceOptions {
  /**
   * Where it goes on: with what is new (absent), after the number that the page names in `{"resume": n}`,
   * or this many messages before the latest.
   */
  readonly goesOn?: 'asked' | number;
  /** Its heartbeat, as a message. */
  readonly beat?: { readonly every: Milliseconds; readonly text: string };
  /** Protocol pings (RFC 6455 section 5.5.2), which no page ever sees. */
  readonly pings?: Milliseconds;
}

/** By these commands the server closes every connection with a code of its own. */
const CLOSES: Readonly<Record<string, [code: number, reason: string]>> = {
  restart: [1012, 'service restart'],
  'go away': [1001, 'going away'],
  'try later': [1013, 'try again later'],
  'session expired': [4001, 'session expired'],
  'normal close': [1000, 'bye'],
};

/** The feed over plain WebSockets, in JSON; a page's `ping` is answered with a `pong`. */
export function serveSequence(server: Server, feed: Feed, options: SequenceOptions = {}): Service {
  const sockets = new WebSocketServer({ server, handleProtocols: ([first]) => first ?? false });
  sockets.on('connection', (socket) => {
    const { goesOn, beat, pings } = options;
    const timers = [
      beat && setInterval(() => socket.send(beat.text), beat.every),
      pings !== undefined && setInterval(() => socket.ping(), pings),
    ];
    let leave: () => void = () => undefined;
    const follow = (from: number) => {
      for (let seq = from + 1; seq <= feed.latest; seq += 1) socket.send(tickText(seq));
      leave();
      leave = feed.subscribe((seq) => socket.send(tickText(seq)));
    };
    if (goesOn === undefined) follow(feed.latest);
    if (typeof goesOn === 'number') follow(Math.max(0, feed.latest - goesOn));
    socket.on('message', (data: Buffer) => {
      const told = readTold(data.toString());
      if (told.type === 'ping') socket.send('{"type":"pong"}');
      if (told.resume !== undefined && goesOn === 'asked') follow(told.resume ?? feed.latest);
    });
    socket.on('close', () => {
      for (const timer of timers) if (timer !== false) clearInterval(timer);
      leave();
    });
  });
  const closeAll = (code: number, reason: string) => {
    for (const socket of sockets.clients) socket.close(code, reason);
  };
  return {
    commands: Object.fromEntries(
      Object.entries(CLOSES).map(([name, close]) => [
        name,
        () => {
          closeAll(...close);
        },
      ]),
    ),
    close: () => {
      sockets.close();
    },
  };
}

function readTold(text: string): { type?: string; resume?: number | null } {
  return text.startsWith('{') ? (JSON.parse(text) as object) : {};
}
