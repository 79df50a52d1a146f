/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- its types call options classes that its manual writes as literals */
import { Client, ReconnectionTimeMode } from '@stomp/stompjs';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs = 0 } = readSettings(variant);
  const client = new Client({
    brokerURL: `${ws}/stomp`,
    reconnectDelay: policy.baseMs ?? 0,
    ...(policy.kind === 'exponential' && {
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      maxReconnectDelay: policy.capMs ?? 0,
    }),
    // Without it the library waits for a closing handshake that no silent server answers.
    discardWebsocketOnCommFailure: mode === 'discard',
    heartbeatIncoming: beatMs,
    heartbeatOutgoing: beatMs,
    onConnect: () => {
      client.subscribe('/topic/room', () => undefined);
    },
  });
  client.activate();
  await tell('play');
  await client.deactivate();
}
