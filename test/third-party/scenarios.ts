import type { Scenario } from './scenario.ts';
import { GRAPHQL_WS } from './scenarios/graphql-ws/server.ts';
import { MQTT } from './scenarios/mqtt/server.ts';
import { RECONNECTING_WEBSOCKET } from './scenarios/reconnecting-websocket/server.ts';
import { SOCKET_IO } from './scenarios/socket-io/server.ts';

/** Every library that runs under the extension. */
export const SCENARIOS: readonly Scenario[] = [
  RECONNECTING_WEBSOCKET,
  ...SOCKET_IO,
  GRAPHQL_WS,
  MQTT,
];
