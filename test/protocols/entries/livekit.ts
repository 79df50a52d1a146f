import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  ConnectionQuality,
  ConnectionQualityUpdate as Qualities,
  DisconnectReason,
  Pong,
  SignalRequest as Request,
  SignalResponse as Response,
  SpeakersChanged as Speakers,
  TrackPublishedResponse as Published,
  TrackType,
} from '@livekit/protocol';
import { WebSocketServer } from 'ws';
import { openBrowserPage } from '../in-browser.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const LIVEKIT_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'livekit',
    stack: ['livekit'],
    packages: ['livekit-client', '@livekit/protocol'],
    played: 'a server that says what LiveKit encodes',
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: talkLivekit,
  },
];

const CLIENT = createRequire(import.meta.url).resolve('livekit-client');
const PAGE = '<title>call</title><script src="/client.js"></script>';
const AT = 1_763_740_800_000n;

const JOIN = new Response({
  message: {
    case: 'join',
    value: {
      room: { sid: 'RM_1', name: 'tea' },
      participant: { sid: 'PA_1', identity: 'ann', attributes: { of: 'tea' } },
      serverVersion: '1.9',
      pingInterval: 1,
      pingTimeout: 5,
    },
  },
});

/** Enumerations as the decoder names them. */
const NAMED: Readonly<Record<string, object>> = {
  VIDEO: { tag: 'TrackType.VIDEO', value: TrackType.VIDEO },
  CLIENT_INITIATED: {
    tag: 'DisconnectReason.CLIENT_INITIATED',
    value: DisconnectReason.CLIENT_INITIATED,
  },
  EXCELLENT: { tag: 'Quality.EXCELLENT', value: ConnectionQuality.EXCELLENT },
};

/** The fields of 64 bits; a ping is nothing but one. */
const BIG = new Set(['', 'timestamp', 'rtt', 'last_ping_timestamp']);

/** Enumerations with their number, and 64 bits as a number, for all here are small enough. */
function inWords(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return BIG.has(key) ? Number(value) : (NAMED[value] ?? value);
}

/** What the library says of a signal, by the names of the .proto file. */
function tellSignal(
  tell: Stage['tell'],
  direction: 'sent' | 'received',
  signal: Request | Response,
): void {
  const json = signal.toJson({ useProtoFieldName: true }) as Record<string, object>;
  for (const [kind, value] of Object.entries(json)) {
    tell(direction, kind, JSON.parse(JSON.stringify(value), inWords));
  }
}

/** What the server says to a signal. */
function answersTo({ message }: Request): Response['message'][] {
  if (message.case === 'addTrack') {
    const { cid, name } = message.value;
    return [
      { case: 'trackPublished', value: new Published({ cid, track: { sid: 'TR_1', name } }) },
    ];
  }
  if (message.case === 'mute') {
    const speaker = { sid: 'PA_1', level: 0.5, active: true };
    const quality = { participantSid: 'PA_1', quality: ConnectionQuality.EXCELLENT, score: 4.5 };
    return [
      { case: 'speakersChanged', value: new Speakers({ speakers: [speaker] }) },
      { case: 'connectionQuality', value: new Qualities({ updates: [quality] }) },
    ];
  }
  if (message.case === 'pingReq') {
    const { timestamp } = message.value;
    return [{ case: 'pongResp', value: new Pong({ lastPingTimestamp: timestamp, timestamp: AT }) }];
  }
  return [];
}

/** As far as it is used here. */
interface Room {
  engine: {
    client: Record<'sendAddTrack' | 'sendMuteTrack', (...said: unknown[]) => Promise<void>>;
  };
  once: (event: string, then: () => void) => void;
  connect: (url: string, token: string) => Promise<void>;
  disconnect: () => Promise<void>;
}

/** Two requests with their answers, the one who joins, both kinds of ping, and a pong. */
const UNTIL_PONG = 9;

/** The library's own client joins in a browser; what it says of tracks is asked of its engine. */
async function talkLivekit({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const script = await readFile(CLIENT);
  const server = createServer(({ url }, answer) => {
    const isScript = url === '/client.js';
    answer.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    answer.end(isScript ? script : PAGE);
  });
  atEnd(() => server.close());
  const left = new Promise<void>((resolve) => {
    new WebSocketServer({ server }).on('connection', (socket) => {
      const say = (response: Response) => {
        tellSignal(tell, 'received', response);
        socket.send(response.toBinary());
      };
      say(JOIN);
      socket.on('message', (data: Buffer) => {
        const request = Request.fromBinary(data);
        tellSignal(tell, 'sent', request);
        for (const message of answersTo(request)) say(new Response({ message }));
        if (request.message.case === 'leave') resolve();
      });
    });
  });
  const host = await proxy(server);
  const page = await openBrowserPage(host, atEnd);
  const room = await page.evaluateHandle(async (url) => {
    const { LivekitClient } = globalThis as unknown as { LivekitClient: { Room: new () => Room } };
    const joining = new LivekitClient.Room();
    const joined = new Promise<void>((resolve) => {
      joining.once('signalConnected', resolve);
    });
    // It never comes to media: the connection ends with the page's own leaving.
    joining.connect(url, 'token').catch(() => undefined);
    await joined;
    const { client } = joining.engine;
    await client.sendAddTrack({ cid: 'c1', name: 'camera', type: 1, width: 640 });
    await client.sendMuteTrack('TR_1', true);
    return joining;
  }, `ws://${host}`);
  await told(UNTIL_PONG);
  await room.evaluate((joined) => joined.disconnect());
  await left;
}
