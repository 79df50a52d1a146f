import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createParser } from 'eventsource-parser';
import { WebSocket, WebSocketServer } from 'ws';
import { bodyKindOf } from '../../src/core/http/content-type.ts';
import { protocolMark } from '../../src/core/http/protocol-mark.ts';
import type { Transport } from '../../src/core/facts.ts';
import type { Carrier } from '../../src/decoders/decoder.ts';
import type { FixtureMessage } from './fixture.ts';

/** What crossed the proxy on one connection, or in one request and its answer. */
export interface WireLane {
  carrier: Carrier;
  messages: CrossedMessage[];
}

/** With its place among all that crossed, for lanes that are one channel. */
export interface CrossedMessage {
  place: number;
  message: FixtureMessage;
}

export interface WireProxy {
  /** `host:port` for the client. */
  host: string;
  lanes: readonly WireLane[];
  close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** What a fixture calls the server, so that it reads the same at each recording. */
const hostless = (scheme: string, url: string) => `${scheme}://server.test${url}`;
const typeOf = ({ headers }: IncomingMessage) =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase();
let crossed = 0;
const keep = ({ messages }: WireLane, message: FixtureMessage): void => {
  messages.push({ place: (crossed += 1), message });
};
const isText = (type: string | undefined) =>
  type === undefined || /^text\/|json|javascript|urlencoded|xml/u.test(type);

/** Stands between a client and the server at `port`, passes everything on, and keeps it as a page would see it. */
export async function createWireProxy(port: number): Promise<WireProxy> {
  const lanes: WireLane[] = [];
  const server = createServer((asked, answer) => void passRequest(asked, answer, port, lanes));
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => {
    const offered = asked.headers['sec-websocket-protocol']?.split(/\s*,\s*/u) ?? [];
    const { headers, url = '/' } = asked;
    const upstream = new WebSocket(`ws://${HOST}:${port}${url}`, offered, {
      perMessageDeflate: false,
      ...(headers.origin !== undefined && { origin: headers.origin }),
    });
    upstream.on('error', () => socket.destroy());
    upstream.on('upgrade', (answer) => {
      const protocol = answer.headers['sec-websocket-protocol'] ?? '';
      sockets.options.handleProtocols = () => protocol;
      sockets.handleUpgrade(asked, socket, head, (client) => {
        lanes.push(passMessages(client, upstream, url, protocol));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  return {
    host: `${HOST}:${(server.address() as AddressInfo).port}`,
    lanes,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passMessages(
  client: WebSocket,
  upstream: WebSocket,
  url: string,
  protocol: string,
): WireLane {
  const lane: WireLane = {
    carrier: {
      transport: 'websocket',
      url: hostless('ws', url),
      ...(protocol !== '' && { subprotocol: protocol }),
    },
    messages: [],
  };
  const pass = (from: WebSocket, to: WebSocket, direction: FixtureMessage['direction']) => {
    from.on('message', (data: Buffer, isBinary) => {
      keep(lane, { direction, ...payloadOf(data, !isBinary) });
      to.send(data, { binary: isBinary });
    });
    from.on('close', (code, reason) => {
      const isSendable =
        code === 1000 || (code > 1001 && code < 5000 && ![1005, 1006].includes(code));
      if (isSendable) to.close(code, reason);
      else to.terminate();
    });
  };
  // What the server said before the client was let in waits in the paused socket.
  pass(upstream, client, 'received');
  pass(client, upstream, 'sent');
  return lane;
}

const payloadOf = (data: Buffer, asText: boolean) =>
  asText ? { text: data.toString() } : { base64: data.toString('base64') };

async function passRequest(
  asked: IncomingMessage,
  answer: ServerResponse,
  port: number,
  lanes: WireLane[],
): Promise<void> {
  const body = await buffer(asked);
  const { method, url = '/', headers } = asked;
  const requestContentType = typeOf(asked);
  const sent: CrossedMessage | undefined =
    body.length === 0
      ? undefined
      : {
          place: (crossed += 1),
          message: { direction: 'sent', ...payloadOf(body, isText(requestContentType)) },
        };
  const upstream = request({ host: HOST, port, method, path: url, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    const contentType = typeOf(response);
    const isStream = contentType === 'text/event-stream';
    const lane: WireLane = {
      carrier: {
        transport: transportOf(asked, isStream),
        url: hostless('http', url),
        ...(contentType !== undefined && { contentType }),
        ...(requestContentType !== undefined && { requestContentType }),
      },
      messages: [],
    };
    lanes.push(lane);
    if (sent !== undefined) lane.messages.push(sent);
    const keeper = keeperOf(lane, asked, contentType);
    response.on('data', (piece: Buffer) => {
      keeper.take(piece);
      answer.write(piece);
    });
    response.on('end', () => {
      keeper.end();
      answer.end();
    });
    response.on('error', () => answer.destroy());
  });
  upstream.on('error', () => answer.destroy());
  answer.on('close', () => upstream.destroy());
  upstream.end(body);
}

function transportOf({ method, headers }: IncomingMessage, isStream: boolean): Transport {
  if (!isStream) return 'polling';
  return method === 'GET' && headers.accept === 'text/event-stream'
    ? 'eventsource'
    : 'fetch-stream';
}

interface Keeper {
  take: (piece: Buffer) => void;
  end: () => void;
}

function keeperOf(lane: WireLane, { method, url = '' }: IncomingMessage, type = ''): Keeper {
  const mark = protocolMark(
    { url: hostless('http', url), ...(method !== undefined && { method }) },
    NOTHING,
  );
  switch (mark?.bodyKind ?? bodyKindOf(type)) {
    case 'event-stream':
      return keepEvents(lane);
    case 'lines':
      return keepLines(lane);
    case 'envelopes':
    case 'text':
    case 'bytes':
      return keepWhole(lane, isText(type));
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function keepEvents(lane: WireLane): Keeper {
  let lastEventId = '';
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => {
      lastEventId = id ?? lastEventId;
      keep(lane, { direction: 'received', text: data, eventType: event, lastEventId });
    },
  });
  return {
    take: (piece) => parser.feed(decoder.decode(piece, { stream: true })),
    end: () => undefined,
  };
}

function keepLines(lane: WireLane): Keeper {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    take: (piece) => {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) keep(lane, { direction: 'received', text });
    },
    end: () => {
      if (rest !== '') keep(lane, { direction: 'received', text: rest });
    },
  };
}

function keepWhole(lane: WireLane, asText: boolean): Keeper {
  const pieces: Buffer[] = [];
  return {
    take: (piece) => pieces.push(piece),
    end: () => {
      const body = Buffer.concat(pieces);
      if (body.length > 0) keep(lane, { direction: 'received', ...payloadOf(body, asText) });
    },
  };
}
