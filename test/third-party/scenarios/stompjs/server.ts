import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Milliseconds } from '../../../../src/core/units.ts';
import type { Scenario, Service } from '../../scenario.ts';

const END_OF_HEADERS = '\n\n';
const HEART_BEAT = '\n';

export const STOMPJS: Scenario = {
  title: '@stomp/stompjs',
  page: 'stompjs',
  serve: (server) => serveStomp(server),
  milestones: { connect: 2, message: 3, receipt: 1, disconnect: 1, close: 2, deactivated: 1 },
  inSession: { websocket: 'websocket' },
};

/** @param beat how often the server can send a heart-beat, and wants one; absent: never */
export function serveStomp(server: Server, beat: Milliseconds = 0): Service {
  const listeners = new Set<(text: string) => void>();
  const sockets = new WebSocketServer({
    server,
    handleProtocols: (offered) => (offered.has('v12.stomp') ? 'v12.stomp' : false),
  });
  sockets.on('connection', (socket) => {
    const say = serveBroker(socket, beat);
    listeners.add(say);
    socket.on('close', () => listeners.delete(say));
  });
  return {
    say: (text) => {
      for (const say of listeners) say(text);
    },
    close: () => {
      sockets.close();
    },
  };
}

/** As much of STOMP 1.2 as one client needs that hears itself. */
function serveBroker(socket: WebSocket, beat: Milliseconds): (text: string) => void {
  const subscriptions = new Map<string, string>();
  let sent = 0;
  const tell = (
    command: string,
    headers: Record<string, string>,
    body: Buffer = Buffer.alloc(0),
    isBinary = false,
  ) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    const head = Buffer.from([command, ...lines].join('\n') + END_OF_HEADERS);
    socket.send(Buffer.concat([head, body, Buffer.from([0])]), { binary: isBinary });
  };
  const publish = (destination: string, body: Buffer, isBinary: boolean) => {
    const subscription = subscriptions.get(destination);
    if (subscription === undefined) return;
    const about = { destination, subscription, 'message-id': String((sent += 1)) };
    tell('MESSAGE', { ...about, 'content-length': String(body.length) }, body, isBinary);
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (data.toString() === HEART_BEAT) return;
    const end = data.indexOf(END_OF_HEADERS);
    const [command, ...lines] = data.subarray(0, end).toString().split('\n');
    const headers = Object.fromEntries(lines.map((line) => line.split(':') as [string, string]));
    const { id = '', destination = '', receipt } = headers as Record<string, string | undefined>;
    if (command === 'CONNECT') {
      tell('CONNECTED', { version: '1.2', 'heart-beat': `${beat},${beat}` });
      if (beat > 0) startBeat(socket, beat);
    }
    if (command === 'SUBSCRIBE') subscriptions.set(destination, id);
    if (command === 'SEND') {
      publish(destination, data.subarray(end + END_OF_HEADERS.length, -1), isBinary);
    }
    if (receipt !== undefined) tell('RECEIPT', { 'receipt-id': receipt });
  });
  return (text) => {
    publish('/topic/room', Buffer.from(text), false);
  };
}

function startBeat(socket: WebSocket, beat: Milliseconds): void {
  const timer = setInterval(() => {
    socket.send(HEART_BEAT);
  }, beat);
  socket.on('close', () => {
    clearInterval(timer);
  });
}
