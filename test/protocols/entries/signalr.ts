import { createServer } from 'node:http';
import {
  HttpTransportType,
  HubConnectionBuilder,
  type HubMessage,
  type IHubProtocol,
  JsonHubProtocol,
  LogLevel,
  MessageType,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { decode } from '@msgpack/msgpack';
import { WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const PLAYED = 'a server that writes with the protocol packages';

export const SIGNALR_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'signalr',
    stack: ['signalr'],
    packages: ['@microsoft/signalr'],
    played: PLAYED,
    picks: () => true,
    run: (stage) => talk(stage, new JsonHubProtocol()),
  },
  {
    name: 'signalr-msgpack',
    stack: ['signalr'],
    packages: ['@microsoft/signalr', '@microsoft/signalr-protocol-msgpack'],
    played: PLAYED,
    picks: () => true,
    run: (stage) => talk(stage, new MessagePackHubProtocol()),
  },
];

async function talk({ proxy, tell, told, atEnd }: Stage, protocol: IHubProtocol): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    const say = (message: object) => socket.send(protocol.writeMessage(message as HubMessage));
    let isGreeted = false;
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isGreeted) {
        isGreeted = true;
        socket.send('{}\u{1e}');
        say({ type: MessageType.Ping });
        return;
      }
      for (const call of isBinary ? callsInBytes(data) : callsInText(data.toString())) {
        answer(call, say);
      }
    });
  });
  const client = new HubConnectionBuilder()
    .withUrl(`http://${await proxy(server)}/hub`, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  client.keepAliveIntervalInMilliseconds = 100;
  atEnd(() => server.close());
  client.on('heard', (...args: unknown[]) => tell('received', 'heard', args));
  client.on('who are you', () => {
    tell('received', 'who are you', []);
    tell('sent', 'Completion who are you', 'ann');
    return 'ann';
  });
  await client.start();
  tell('sent', 'say', ['hello', { quote: '“you”' }]);
  await client.send('say', 'hello', { quote: '“you”' });
  tell('sent', 'add', [1, 2]);
  tell('received', 'Completion add', await client.invoke('add', 1, 2));
  tell('sent', 'fail', []);
  await client.invoke('fail').catch(() => tell('received', 'Completion fail'));
  tell('sent', 'count', [2]);
  await new Promise<void>((resolve) => {
    client.stream('count', 2).subscribe({
      next: (item) => tell('received', 'StreamItem count', item),
      error: () => undefined,
      complete: () => {
        tell('received', 'Completion count');
        resolve();
      },
    });
  });
  await told(12);
  await new Promise((resolve) => setTimeout(resolve, 250));
  await client.stop();
}

interface Call {
  type: number;
  invocationId?: string | undefined;
  target: string;
  arguments: unknown[];
}

const isCall = ({ type }: Call): boolean => [1, 4].includes(type);

/** The packages write what a server says, but read only what a client hears. */
const callsInText = (text: string): Call[] =>
  text
    .split('\u{1e}')
    .filter((record) => record !== '')
    .map((record) => JSON.parse(record) as Call)
    .filter(isCall);

/** Each behind its length, which is one byte as long as they are short. */
function callsInBytes(bytes: Buffer): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
    const record = bytes.subarray(at + 1, at + 1 + (bytes[at] ?? 0));
    const [type, , id, target, args] = decode(record) as [
      number,
      object,
      string?,
      string?,
      unknown[]?,
    ];
    calls.push({
      type,
      invocationId: id ?? undefined,
      target: target ?? '',
      arguments: args ?? [],
    });
  }
  return calls.filter(isCall);
}

function answer(
  { invocationId, target, arguments: args }: Call,
  say: (message: object) => void,
): void {
  const complete = (rest: object) => say({ type: MessageType.Completion, invocationId, ...rest });
  const call = { type: MessageType.Invocation, streamIds: [] };
  if (target === 'say') {
    say({ ...call, target: 'heard', arguments: args });
    say({ ...call, target: 'who are you', arguments: [], invocationId: 's1' });
  }
  if (target === 'add') complete({ result: (args as number[]).reduce((a, b) => a + b) });
  if (target === 'fail') complete({ error: 'as you wish' });
  if (target === 'count') {
    for (let item = 1; item <= Number(args[0]); item += 1) {
      say({ type: MessageType.StreamItem, invocationId, item });
    }
    complete({});
  }
}
