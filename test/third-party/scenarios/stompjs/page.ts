/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- its types call options classes that its manual writes as literals */
import { Client } from '@stomp/stompjs';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const client = new Client({
    brokerURL: `${ws}/stomp`,
    connectHeaders: { login: 'page', passcode: 'a:b\nc' },
    reconnectDelay: 1,
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    onConnect: ({ headers }) => {
      note('connect', headers, client.connected);
      client.subscribe(
        '/topic/room',
        ({ command, headers: told, body, binaryBody, isBinaryBody }) => {
          note('message', command, told, isBinaryBody ? binaryBody : body);
        },
      );
    },
    onDisconnect: ({ command, headers }) => {
      note('disconnect', command, headers);
    },
    onStompError: ({ headers, body }) => {
      note('stomp error', headers, body);
    },
    onWebSocketClose: (event) => {
      note('close', event);
    },
    onWebSocketError: (event) => {
      note('error', event);
    },
    onChangeState: (state) => {
      note('state', state);
    },
  });
  client.activate();
  await until('connect');
  client.watchForReceipt('first', ({ headers }) => {
    note('receipt', headers);
  });
  client.publish({ destination: '/topic/room', body: 'grüße 🌍', headers: { receipt: 'first' } });
  await until('receipt');
  const binaryBody = new Uint8Array([1, 0, 255]);
  client.publish({ destination: '/topic/room', binaryBody, skipContentLengthHeader: false });
  await until('message', 2);

  await tell('drop');
  await until('connect', 2);
  client.publish({ destination: '/topic/room', body: 'after the drop' });
  await until('message', 3);
  await client.deactivate();
  await until('close', 2);
  note('deactivated', client.active, client.connected);
}
