import { CENTRIFUGE, serveCentrifugo } from '../../third-party/scenarios/centrifuge/server.ts';
import { GRAPHQL_WS } from '../../third-party/scenarios/graphql-ws/server.ts';
import { serveMqtt } from '../../third-party/scenarios/mqtt/server.ts';
import { PHOENIX } from '../../third-party/scenarios/phoenix/server.ts';
import { serveHub } from '../../third-party/scenarios/signalr/server.ts';
import { serveSocketIo } from '../../third-party/scenarios/socket-io/server.ts';
import { serveStomp } from '../../third-party/scenarios/stompjs/server.ts';
import { Y_WEBSOCKET } from '../../third-party/scenarios/y-websocket/server.ts';
import type { Entry } from '../entry.ts';
import { endless, longTalk, outages } from '../plans.ts';

type Shared = Pick<Entry, 'transport' | 'tickMs' | 'heartbeat' | 'library' | 'page' | 'serve'>;

const BASE: Pick<Entry, 'transport' | 'tickMs' | 'heartbeat'> = {
  transport: 'websocket',
  tickMs: 90,
  heartbeat: null,
};

const SOCKET_IO: Shared = {
  ...BASE,
  library: 'socket.io-client',
  page: 'socket-io',
  serve: (server) => serveSocketIo(server),
};
const ENGINE_BEAT = {
  heartbeat: { side: 'server', intervalMs: 400, kind: 'engine.io ping', isAnswered: true },
  serve: (server) => serveSocketIo(server, { pingInterval: 400, pingTimeout: 300 }),
} satisfies Partial<Entry>;

const SIGNALR: Shared = {
  ...BASE,
  library: '@microsoft/signalr',
  page: 'signalr',
  serve: (server) => serveHub(server),
};

const GRAPHQL: Shared = {
  ...BASE,
  library: 'graphql-ws',
  page: 'graphql-ws',
  serve: GRAPHQL_WS.serve,
};

const MQTT: Shared = { ...BASE, library: 'mqtt', page: 'mqtt', serve: serveMqtt };

const PHOENIX_BASE: Shared = {
  ...BASE,
  library: 'phoenix',
  page: 'phoenix',
  serve: PHOENIX.serve,
};

const STOMP: Shared = {
  ...BASE,
  library: '@stomp/stompjs',
  page: 'stompjs',
  serve: (server) => serveStomp(server),
};

const CENTRIFUGO: Shared = {
  ...BASE,
  library: 'centrifuge',
  page: 'centrifuge',
  serve: CENTRIFUGE.serve,
};

/** Libraries that speak a protocol of their own. */
export const PROTOCOLS: readonly Entry[] = [
  {
    ...SOCKET_IO,
    name: 'socketio-jitter',
    policy: {
      kind: 'exponential',
      baseMs: 100,
      factor: 2,
      capMs: 5_000,
      jitter: 'proportional',
      ratio: 0.5,
      capsLast: true,
    },
    setting: 'reconnectionDelay 100, Max 5000, randomizationFactor 0.5 (its default)',
    failure: 'two drops, 5 and 6 tries answered 503',
    plan: outages([5, 6]),
  },
  {
    ...SOCKET_IO,
    ...ENGINE_BEAT,
    name: 'socketio-steady',
    policy: { kind: 'exponential', baseMs: 150, factor: 2, capMs: 1_200 },
    setting: 'reconnectionDelay 150, Max 1200, randomizationFactor 0; pingInterval 400',
    failure: 'two drops, 5 and 6 tries answered 503',
    plan: longTalk(outages([5, 6]), 2_600),
  },
  {
    ...SOCKET_IO,
    name: 'socketio-low-cap',
    policy: {
      kind: 'exponential',
      baseMs: 100,
      factor: 2,
      capMs: 600,
      jitter: 'proportional',
      ratio: 0.3,
      capsLast: true,
    },
    setting: 'reconnectionDelay 100, Max 600, randomizationFactor 0.3',
    failure: 'two drops, 6 and 7 tries cut',
    plan: outages([6, 7], 'reset'),
  },
  {
    ...SOCKET_IO,
    name: 'socketio-gives-up',
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 5_000, attempts: 4 },
    setting: 'reconnectionDelay 100, randomizationFactor 0, reconnectionAttempts 4',
    failure: 'a drop, and nobody is let in again',
    plan: endless(4_500),
  },
  {
    ...SOCKET_IO,
    ...ENGINE_BEAT,
    name: 'socketio-silence',
    policy: { kind: 'exponential', baseMs: 120, factor: 2, capMs: 1_000 },
    setting:
      'reconnectionDelay 120, Max 1000, randomizationFactor 0; pingInterval 400, pingTimeout 300',
    failure: 'the connection goes silent, 3 tries answered 503',
    plan: [{ talk: 2_600 }, { fail: 'silence', refuse: ['503', '503', '503'] }, { talk: 2_600 }],
  },
  {
    ...SOCKET_IO,
    name: 'socketio-recovers',
    serve: (server) => serveSocketIo(server, { connectionStateRecovery: {} }),
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 5_000 },
    setting:
      'reconnectionDelay 100, randomizationFactor 0; the server recovers the connection state',
    failure: 'two drops, 4 and 3 tries answered 503',
    plan: outages([4, 3]),
  },
  {
    ...SOCKET_IO,
    ...ENGINE_BEAT,
    name: 'socketio-sent-away',
    isDeliberate: true,
    policy: { kind: 'none' },
    setting: 'its defaults; it does not come back when the server disconnects it',
    failure: 'the server disconnects the socket, the library closes the connection',
    plan: [{ talk: 2_600 }, { fail: { command: 'send away' }, giveUp: 1_500 }],
  },
  {
    ...SIGNALR,
    name: 'signalr-list',
    policy: { kind: 'steps', delaysMs: [0, 100, 400, 900, 1_500] },
    setting: 'withAutomaticReconnect([0, 100, 400, 900, 1500]), without negotiation',
    failure: 'two drops, 4 and 3 tries answered 503',
    plan: outages([4, 3]),
  },
  {
    ...SIGNALR,
    name: 'signalr-gives-up',
    policy: { kind: 'steps', delaysMs: [0, 200, 500, 800], attempts: 4 },
    setting: 'withAutomaticReconnect([0, 200, 500, 800])',
    failure: 'a drop, and nobody is let in again',
    plan: endless(4_500),
  },
  {
    ...SIGNALR,
    name: 'signalr-default',
    mode: 'default',
    policy: { kind: 'steps', delaysMs: [0, 2_000, 10_000, 30_000] },
    setting: 'withAutomaticReconnect() as it is: at once, 2, 10, 30 s',
    failure: 'two drops, 1 try each answered 503',
    plan: outages([1, 1]),
  },
  {
    ...SIGNALR,
    name: 'signalr-negotiate',
    mode: 'negotiate',
    sparesExchanges: true,
    serve: (server) => serveHub(server, 500),
    heartbeat: { side: 'server', intervalMs: 500, kind: 'signalr ping', isAnswered: false },
    policy: { kind: 'exponential', baseMs: 150, factor: 2, capMs: 2_000 },
    setting: 'from 150 ms, × 2; negotiates a token for each try; the server pings every 500 ms',
    failure: 'two drops, 4 and 5 tries answered 503',
    plan: longTalk(outages([4, 5]), 2_600),
  },
  {
    ...SIGNALR,
    name: 'signalr-page-pings',
    beatMs: 500,
    tickMs: 170,
    heartbeat: { side: 'page', intervalMs: 500, kind: 'signalr ping', isAnswered: false },
    policy: { kind: 'fixed', baseMs: 300 },
    setting: 'always 300 ms; keepAliveInterval 500',
    failure: 'closed with 1012, 3 tries answered 503; then again with 2',
    plan: longTalk(outages([3, 2], '503', { command: 'restart' }), 3_000),
  },
  {
    ...GRAPHQL,
    name: 'graphql-exponential',
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 30_000 },
    setting: 'retryWait from 100 ms, × 2',
    failure: 'two drops, 5 and 4 tries answered 503',
    plan: outages([5, 4]),
  },
  {
    ...GRAPHQL,
    name: 'graphql-full-jitter',
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 2_000, jitter: 'full' },
    setting: 'retryWait: full jitter under 100 ms × 2, cap 2 s',
    failure: 'three drops, 6, 6 and 7 tries cut',
    plan: outages([6, 6, 7], 'reset'),
  },
  {
    ...GRAPHQL,
    name: 'graphql-gives-up',
    policy: { kind: 'fixed', baseMs: 200, attempts: 3 },
    setting: 'retryWait always 200 ms, retryAttempts 3',
    failure: 'a drop, and nobody is let in again',
    plan: endless(2_500),
  },
  {
    ...GRAPHQL,
    name: 'graphql-keepalive',
    beatMs: 400,
    heartbeat: { side: 'page', intervalMs: 400, kind: 'graphql-ws ping', isAnswered: true },
    policy: { kind: 'fixed', baseMs: 300 },
    setting: 'retryWait always 300 ms; keepAlive 400',
    failure: 'two drops, 3 and 2 tries answered 503',
    plan: longTalk(outages([3, 2]), 2_800),
  },
  {
    ...MQTT,
    name: 'mqtt-clean',
    policy: { kind: 'fixed', baseMs: 200 },
    setting: 'reconnectPeriod 200, clean session',
    failure: 'two drops, 4 and 3 tries answered 503',
    plan: outages([4, 3]),
  },
  {
    ...MQTT,
    name: 'mqtt-persistent',
    mode: 'persistent',
    policy: { kind: 'fixed', baseMs: 350 },
    setting: 'reconnectPeriod 350, the broker keeps the session',
    failure: 'two drops, 2 and 3 tries answered 503',
    plan: outages([2, 3]),
  },
  {
    ...MQTT,
    name: 'mqtt-keepalive',
    beatMs: 1_000,
    // Each answer to a message would put the next ping off.
    tickMs: 3_600_000,
    heartbeat: { side: 'page', intervalMs: 1_000, kind: 'mqtt pingreq', isAnswered: true },
    policy: { kind: 'fixed', baseMs: 400 },
    setting: 'reconnectPeriod 400, keepalive 1 s, nothing else to say',
    failure: 'a drop, 3 tries answered 503',
    plan: longTalk(outages([3]), 5_300),
  },
  {
    ...PHOENIX_BASE,
    name: 'phoenix-default',
    mode: 'default',
    policy: { kind: 'steps', delaysMs: [10, 50, 100, 150, 200, 250, 500, 1_000, 2_000] },
    setting: 'its default steps: 10, 50, 100, 150, 200, 250, 500 ms …',
    failure: 'two drops, 6 and 7 tries answered 503',
    plan: outages([6, 7]),
  },
  {
    ...PHOENIX_BASE,
    name: 'phoenix-heartbeat',
    beatMs: 500,
    heartbeat: { side: 'page', intervalMs: 500, kind: 'phoenix heartbeat', isAnswered: true },
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 1_600 },
    setting: 'reconnectAfterMs from 100, × 2, cap 1.6 s; heartbeatIntervalMs 500',
    failure: 'two drops, 4 and 6 tries answered 503',
    plan: longTalk(outages([4, 6]), 3_000),
  },
  {
    ...PHOENIX_BASE,
    name: 'phoenix-silence',
    beatMs: 400,
    heartbeat: { side: 'page', intervalMs: 400, kind: 'phoenix heartbeat', isAnswered: true },
    policy: { kind: 'fixed', baseMs: 200 },
    setting: 'reconnectAfterMs always 200; heartbeatIntervalMs 400',
    failure: 'the connection goes silent, 3 tries answered 503',
    plan: [{ talk: 2_600 }, { fail: 'silence', refuse: ['503', '503', '503'] }, { talk: 2_600 }],
  },
  {
    ...STOMP,
    name: 'stomp-silence',
    mode: 'discard',
    beatMs: 400,
    serve: (server) => serveStomp(server, 400),
    heartbeat: { side: 'both', intervalMs: 400, kind: 'stomp newline', isAnswered: false },
    policy: { kind: 'fixed', baseMs: 350 },
    setting: 'reconnectDelay 350, heart-beats of 400 ms both ways, discardWebsocketOnCommFailure',
    failure: 'the connection goes silent, 3 tries answered 503',
    plan: [{ talk: 2_600 }, { fail: 'silence', refuse: ['503', '503', '503'] }, { talk: 2_600 }],
  },
  {
    ...STOMP,
    name: 'stomp-fixed',
    policy: { kind: 'fixed', baseMs: 300 },
    setting: 'reconnectDelay 300',
    failure: 'two drops, 3 and 4 tries answered 503',
    plan: outages([3, 4]),
  },
  {
    ...STOMP,
    name: 'stomp-exponential',
    policy: { kind: 'exponential', baseMs: 100, factor: 2, capMs: 1_000 },
    setting: 'reconnectDelay 100, exponential, maxReconnectDelay 1000',
    failure: 'two drops, 5 and 6 tries answered 503',
    plan: outages([5, 6]),
  },
  {
    ...STOMP,
    name: 'stomp-heartbeats',
    beatMs: 400,
    serve: (server) => serveStomp(server, 400),
    heartbeat: { side: 'both', intervalMs: 400, kind: 'stomp newline', isAnswered: false },
    policy: { kind: 'fixed', baseMs: 250 },
    setting: 'reconnectDelay 250, heart-beats of 400 ms both ways',
    failure: 'two drops, 2 and 3 tries cut',
    plan: longTalk(outages([2, 3], 'reset'), 2_800),
  },
  {
    ...CENTRIFUGO,
    name: 'centrifuge-recovers',
    serve: (server) => serveCentrifugo(server, { isRecoverable: true }),
    policy: {
      kind: 'exponential',
      baseMs: 100,
      factor: 2,
      capMs: 1_500,
      jitter: 'full',
      floorMs: 100,
      capsLast: true,
    },
    setting: 'minReconnectDelay 100, maxReconnectDelay 1500; the channel recovers',
    failure: 'three drops, 6, 6 and 5 tries answered 503',
    plan: outages([6, 6, 5]),
  },
  {
    ...CENTRIFUGO,
    name: 'centrifuge-pings',
    serve: (server) => serveCentrifugo(server, { ping: 1 }),
    heartbeat: { side: 'server', intervalMs: 1_000, kind: 'centrifugo ping', isAnswered: true },
    policy: {
      kind: 'exponential',
      baseMs: 80,
      factor: 2,
      capMs: 800,
      jitter: 'full',
      floorMs: 80,
      capsLast: true,
    },
    setting: 'minReconnectDelay 80, maxReconnectDelay 800; the server pings every second',
    failure: 'two drops, 5 and 6 tries answered 503',
    plan: longTalk(outages([5, 6]), 4_500),
  },
  {
    ...BASE,
    name: 'y-websocket',
    library: 'y-websocket',
    page: 'y-websocket',
    serve: Y_WEBSOCKET.serve,
    policy: { kind: 'exponential', baseMs: 200, factor: 2, capMs: 1_000 },
    setting: 'maxBackoffTime 1000; its own start of 200 ms',
    failure: 'two drops, 5 and 6 tries answered 503',
    plan: outages([5, 6]),
    cannotTell: { resume: 'the numbers stand inside of binary updates of a document' },
  },
];
