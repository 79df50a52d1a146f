import { type WebSocket, WebSocketServer } from 'ws';
import type { Scenario } from '../../scenario.ts';

const END_OF_HEADERS = '\n\n';

export const STOMPJS: Scenario = {
  title: '@stomp/stompjs',
  page: 'stompjs',
  serve: (server) => {
    const sockets = new WebSocketServer({
      server,
      handleProtocols: (offered) => (offered.has('v12.stomp') ? 'v12.stomp' : false),
    });
    sockets.on('connection', serveBroker);
    return {
      close: () => {
        sockets.close();
      },
    };
  },
  milestones: { connect: 2, message: 3, receipt: 1, disconnect: 1, close: 2, deactivated: 1 },
  inSession: { websocket: 'websocket' },
};

/** As much of STOMP 1.2 as one client needs that hears itself. */
function serveBroker(socket: WebSocket): void {
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
  socket.on('message', (data: Buffer, isBinary) => {
    const end = data.indexOf(END_OF_HEADERS);
    const [command, ...lines] = data.subarray(0, end).toString().split('\n');
    const headers = Object.fromEntries(lines.map((line) => line.split(':') as [string, string]));
    const { id = '', destination = '', receipt } = headers as Record<string, string | undefined>;
    if (command === 'CONNECT') tell('CONNECTED', { version: '1.2', 'heart-beat': '0,0' });
    if (command === 'SUBSCRIBE') subscriptions.set(destination, id);
    const subscription = subscriptions.get(destination);
    if (command === 'SEND' && subscription !== undefined) {
      const body = data.subarray(end + END_OF_HEADERS.length, -1);
      const about = { destination, subscription, 'message-id': String((sent += 1)) };
      tell('MESSAGE', { ...about, 'content-length': String(body.length) }, body, isBinary);
    }
    if (receipt !== undefined) tell('RECEIPT', { 'receipt-id': receipt });
  });
}
