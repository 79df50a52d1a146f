import type { ScenarioLane } from '../scenarios.ts';
import type { LaneClient, LaneReporter } from './lane-client.ts';
import { webSocketUrl } from './page-query.ts';
import { createReconnectDelays } from './reconnect-delays.ts';

/** A WebSocket with the small reconnect that so many apps write for themselves. */
export function createWebSocketClient(
  lane: ScenarioLane,
  url: URL,
  reporter: LaneReporter,
): LaneClient {
  const delays = createReconnectDelays();
  let socket: WebSocket | null = null;
  let retryTimer: number | undefined;
  let pingTimer: number | undefined;
  let unanswered = 0;

  function connect(): void {
    reporter.state('connecting');
    const current = new WebSocket(webSocketUrl(url));
    socket = current;
    current.addEventListener('open', () => {
      if (socket !== current) return;
      reporter.state('open');
      reporter.note('open');
      unanswered = 0;
      say(JSON.stringify({ type: 'subscribe', symbols: ['ACME', 'BOLT', 'CIRRUS', 'DELTA'] }));
      if (lane.ping !== undefined) pingTimer = window.setInterval(ping, lane.ping);
    });
    current.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (socket !== current) return;
      delays.reset();
      const text = typeof event.data === 'string' ? event.data : '(binary)';
      if (text.includes('"pong"')) unanswered = 0;
      if (text.startsWith('{"type":"ping"')) say('{"type":"pong"}');
      reporter.received(text);
    });
    current.addEventListener('close', ({ code, reason }) => {
      if (socket === current) ended(`closed ${code}${reason === '' ? '' : `: ${reason}`}`);
    });
  }

  function say(text: string): void {
    socket?.send(text);
    reporter.sent(text);
  }

  function ping(): void {
    if (unanswered >= 2) {
      // The closing handshake would wait for a server that is not there: do not wait with it.
      socket?.close(4000, 'no answer');
      ended('no answer to two pings: given up');
      return;
    }
    unanswered++;
    say(JSON.stringify({ type: 'ping' }));
  }

  function ended(words: string): void {
    window.clearInterval(pingTimer);
    socket = null;
    reporter.note(words);
    if (lane.reconnect !== true) {
      reporter.state('closed');
      return;
    }
    const delay = delays.next();
    reporter.state('waiting');
    reporter.note(`next try in ${(delay / 1000).toFixed(1)} s`);
    retryTimer = window.setTimeout(connect, delay);
  }

  return {
    start: connect,
    stop: () => {
      window.clearTimeout(retryTimer);
      window.clearInterval(pingTimer);
      const current = socket;
      socket = null;
      current?.close(1000, 'stopped');
    },
  };
}
