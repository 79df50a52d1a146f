import { createServer } from 'node:http';
import {
  ConnectionQuality,
  type SignalRequest,
  SignalRequest as Request,
  SignalResponse as Response,
  SignalTarget,
  TrackType,
} from '@livekit/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

export const LIVEKIT_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'livekit',
    stack: ['livekit'],
    packages: ['@livekit/protocol', 'ws'],
    played: 'a client and a server that say what LiveKit encodes',
    picks: () => true,
    run: talkLivekit,
  },
];

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n';
const AT = 1_763_740_800_000n;

const REQUESTS = [
  new Request({
    message: {
      case: 'addTrack',
      value: { cid: 'c1', name: 'camera', type: TrackType.VIDEO, width: 640 },
    },
  }),
  new Request({ message: { case: 'offer', value: { type: 'offer', sdp: SDP, id: 1 } } }),
  new Request({
    message: {
      case: 'trickle',
      value: { candidateInit: '{"candidate":""}', target: SignalTarget.SUBSCRIBER },
    },
  }),
  new Request({ message: { case: 'mute', value: { sid: 'TR_1', muted: true } } }),
  new Request({ message: { case: 'pingReq', value: { timestamp: AT, rtt: 12n } } }),
  new Request({ message: { case: 'leave', value: { canReconnect: true } } }),
];

function answersTo({ message }: SignalRequest): Response[] {
  if (message.case === 'addTrack') {
    return [
      new Response({
        message: {
          case: 'trackPublished',
          value: { cid: message.value.cid, track: { sid: 'TR_1', name: 'camera' } },
        },
      }),
    ];
  }
  if (message.case === 'offer') {
    return [
      new Response({ message: { case: 'answer', value: { type: 'answer', sdp: SDP, id: 1 } } }),
    ];
  }
  if (message.case === 'mute') {
    return [
      new Response({
        message: {
          case: 'speakersChanged',
          value: { speakers: [{ sid: 'PA_1', level: 0.5, active: true }] },
        },
      }),
      new Response({
        message: {
          case: 'connectionQuality',
          value: {
            updates: [{ participantSid: 'PA_1', quality: ConnectionQuality.EXCELLENT, score: 4.5 }],
          },
        },
      }),
    ];
  }
  if (message.case === 'pingReq') {
    return [
      new Response({
        message: { case: 'pongResp', value: { lastPingTimestamp: AT, timestamp: AT + 7n } },
      }),
    ];
  }
  return [];
}

const JOIN = new Response({
  message: {
    case: 'join',
    value: {
      room: { sid: 'RM_1', name: 'tea' },
      participant: { sid: 'PA_1', identity: 'ann', attributes: { of: 'tea' } },
      serverVersion: '1.9',
      pingInterval: 5,
    },
  },
});

/** The decoder's words for enumerations. */
const NAMED: Readonly<Record<string, object>> = {
  VIDEO: { tag: 'TrackType.VIDEO', value: TrackType.VIDEO },
  SUBSCRIBER: { tag: 'SignalTarget.SUBSCRIBER', value: SignalTarget.SUBSCRIBER },
  EXCELLENT: { tag: 'Quality.EXCELLENT', value: ConnectionQuality.EXCELLENT },
};

const BIG = new Set(['timestamp', 'rtt', 'last_ping_timestamp']);

/** Enumerations with their number, and 64 bits as a number, for all here are small enough. */
function inWords(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return BIG.has(key) ? Number(value) : (NAMED[value] ?? value);
}

/** What the library says of a signal, by the names of the .proto file. */
function tellSignal(
  tell: Stage['tell'],
  direction: 'sent' | 'received',
  signal: SignalRequest | Response,
): void {
  const json = signal.toJson({ useProtoFieldName: true }) as Record<string, object>;
  for (const [kind, value] of Object.entries(json)) {
    tell(direction, kind, JSON.parse(JSON.stringify(value), inWords));
  }
}

async function talkLivekit({ proxy, tell, atEnd }: Stage): Promise<void> {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send(JOIN.toBinary());
    socket.on('message', (data: Buffer) => {
      for (const answer of answersTo(Request.fromBinary(data))) socket.send(answer.toBinary());
    });
  });
  const client = new WebSocket(`ws://${await proxy(server)}/rtc?sdk=js&protocol=15`);
  atEnd(() => server.close());
  atEnd(() => client.terminate());
  await new Promise<void>((resolve) => {
    client.on('message', (data: Buffer) => {
      const response = Response.fromBinary(data);
      tellSignal(tell, 'received', response);
      if (response.message.case === 'join') {
        for (const request of REQUESTS) {
          tellSignal(tell, 'sent', request);
          client.send(request.toBinary());
        }
      }
      if (response.message.case === 'pongResp') resolve();
    });
  });
}
