import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Message,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const JSON_RPC_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'json-rpc',
    stack: ['json-rpc'],
    packages: ['vscode-jsonrpc', 'ws'],
    picks: () => true,
    run: (stage) => talk(stage, CALLS),
  },
  {
    name: 'lsp',
    stack: ['lsp'],
    packages: ['vscode-languageserver-protocol', 'ws'],
    picks: () => true,
    run: (stage) => talk(stage, EDITOR),
  },
  {
    name: 'mcp-http',
    stack: ['mcp'],
    packages: ['@modelcontextprotocol/sdk'],
    picks: ({ messages }) => messages.length > 0,
    run: talkMcp,
  },
];

/** One message of the socket is one of the protocol, as language servers in pages do it. */
class SocketReader extends AbstractMessageReader {
  readonly #socket: WebSocket;
  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
  }
  listen(take: DataCallback) {
    const hear = (data: Buffer) => take(JSON.parse(data.toString()) as Message);
    this.#socket.on('message', hear);
    return { dispose: () => this.#socket.off('message', hear) };
  }
}

class SocketWriter extends AbstractMessageWriter {
  readonly #socket: WebSocket;
  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
  }
  write(message: Message): Promise<void> {
    this.#socket.send(JSON.stringify(message));
    return Promise.resolve();
  }
  end(): void {
    this.#socket.close();
  }
}

interface Script {
  calls: readonly (readonly [method: string, params: object])[];
  notes: readonly (readonly [method: string, params: object])[];
  /** What the server says and asks by itself. */
  told: readonly [method: string, params: object];
  asked: readonly [method: string, params: object];
}

const CALLS: Script = {
  calls: [
    ['sum', { of: [1, 2] }],
    ['greet', { name: 'ann “a”' }],
    ['fail', {}],
  ],
  notes: [['log', { text: 'hello' }]],
  told: ['ticked', { n: 1 }],
  asked: ['who are you', { why: 'curious' }],
};

const POSITION = { textDocument: { uri: 'file:///a.ts' }, position: { line: 1, character: 2 } };
const EDITOR: Script = {
  calls: [
    ['initialize', { processId: null, rootUri: null, capabilities: {} }],
    ['textDocument/hover', POSITION],
    ['fail', {}],
  ],
  notes: [
    ['initialized', {}],
    ['textDocument/didOpen', { textDocument: { uri: 'file:///a.ts', text: 'let a;', version: 1 } }],
  ],
  told: ['textDocument/publishDiagnostics', { uri: 'file:///a.ts', diagnostics: [] }],
  asked: ['workspace/configuration', { items: [{ section: 'editor' }] }],
};

async function talk({ proxy, tell, told, atEnd }: Stage, script: Script): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    const side = createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
    side.onRequest((method, params) => {
      if (method === 'fail') return new ResponseError(-32001, 'as you wish');
      return { done: method, params };
    });
    side.onNotification((method) => {
      if (method !== script.notes.at(-1)?.[0]) return;
      void side.sendNotification(...script.told);
      void side.sendRequest(...script.asked);
    });
    side.listen();
  });
  const socket = new WebSocket(`ws://${await proxy(server)}/rpc`);
  await new Promise((resolve) => socket.on('open', resolve));
  const client = createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
  client.onNotification((method, params) => tell('received', method, params));
  client.onRequest((method, params) => {
    tell('received', method, params);
    tell('sent', `result of ${method}`, { mine: 1 });
    return { mine: 1 };
  });
  client.listen();
  atEnd(() => server.close());
  atEnd(() => client.dispose());
  for (const [method, params] of script.calls) {
    tell('sent', method, params);
    await client.sendRequest(method, params).then(
      (result) => tell('received', `result of ${method}`, result),
      () => tell('received', `error of ${method}`),
    );
  }
  for (const [method, params] of script.notes) {
    tell('sent', method, params);
    await client.sendNotification(method, params);
  }
  await told(2 * script.calls.length + script.notes.length + 3);
  await new Promise((resolve) => setTimeout(resolve, 30));
}

async function talkMcp({ proxy, tell, atEnd }: Stage): Promise<void> {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => 'session-1' });
  const { server: hub } = new McpServer(
    { name: 'tea', version: '1.0.0' },
    { capabilities: { tools: {}, logging: {} } },
  );
  hub.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
  hub.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
    await sendNotification({
      method: 'notifications/message',
      params: { level: 'info', data: 'brewing' },
    });
    return { content: [{ type: 'text', text: `called ${params.name}` }] };
  });
  await hub.connect(transport);
  const server = createServer(
    (request, response) => void transport.handleRequest(request, response),
  );
  const url = new URL(`http://${await proxy(server)}/mcp`);
  const client = new Client({ name: 'page', version: '1.0.0' });
  atEnd(() => server.close());
  const heard = new Promise<void>((resolve) => {
    client.fallbackNotificationHandler = ({ method, params }) => {
      tell('received', method, params);
      resolve();
      return Promise.resolve();
    };
  });
  tell('sent', 'initialize');
  await client.connect(new StreamableHTTPClientTransport(url));
  tell('received', 'result of initialize');
  tell('sent', 'tools/list');
  tell('received', 'result of tools/list', await client.listTools());
  const call = { name: 'brew', arguments: { tea: 'green “sencha”', grams: 4 } };
  tell('sent', 'tools/call', call);
  const result = await client.callTool(call);
  await heard;
  tell('received', 'result of tools/call', result);
  tell('sent', 'ping');
  await client.ping();
  tell('received', 'result of ping', {});
  await client.close();
}

const TOOLS = [
  {
    name: 'brew',
    description: 'Makes tea',
    inputSchema: { type: 'object' as const, properties: { tea: { type: 'string' } } },
  },
];
