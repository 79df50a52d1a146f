import type { Scenario } from './scenario.ts';
import { CENTRIFUGE } from './scenarios/centrifuge/server.ts';
import { EVENTSOURCE } from './scenarios/eventsource/server.ts';
import { EVENTSOURCE_CLIENT } from './scenarios/eventsource-client/server.ts';
import { FETCH_EVENT_SOURCE } from './scenarios/fetch-event-source/server.ts';
import { GRAPHQL_WS } from './scenarios/graphql-ws/server.ts';
import { MQTT } from './scenarios/mqtt/server.ts';
import { PARTYSOCKET } from './scenarios/partysocket/server.ts';
import { PHOENIX } from './scenarios/phoenix/server.ts';
import { RECONNECTING_WEBSOCKET } from './scenarios/reconnecting-websocket/server.ts';
import { ROBUST_WEBSOCKET } from './scenarios/robust-websocket/server.ts';
import { RXJS } from './scenarios/rxjs/server.ts';
import { SIGNALR } from './scenarios/signalr/server.ts';
import { SOCKET_IO } from './scenarios/socket-io/server.ts';
import { SOCKJS } from './scenarios/sockjs/server.ts';
import { STOMPJS } from './scenarios/stompjs/server.ts';
import { Y_WEBSOCKET } from './scenarios/y-websocket/server.ts';

/** Every library that runs under the extension, some of them over each of their transports. */
export const SCENARIOS: readonly Scenario[] = [
  CENTRIFUGE,
  EVENTSOURCE,
  EVENTSOURCE_CLIENT,
  FETCH_EVENT_SOURCE,
  GRAPHQL_WS,
  MQTT,
  PARTYSOCKET,
  PHOENIX,
  RECONNECTING_WEBSOCKET,
  ROBUST_WEBSOCKET,
  RXJS,
  ...SIGNALR,
  ...SOCKET_IO,
  ...SOCKJS,
  STOMPJS,
  Y_WEBSOCKET,
];
