import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Stage } from '../../stage/stage.ts';

const TRANSPORTS: Record<string, HttpTransportType> = {
  websocket: HttpTransportType.WebSockets,
  eventsource: HttpTransportType.ServerSentEvents,
};

export default async function play({ http, variant, note, until, tell }: Stage): Promise<void> {
  const transport = TRANSPORTS[variant] ?? HttpTransportType.None;
  const connection = new HubConnectionBuilder()
    .withUrl(`${http}/hub`, transport)
    .withAutomaticReconnect([0, 0, 0])
    .configureLogging(LogLevel.None)
    .build();
  const state = () => connection.state;
  connection.onreconnecting((error) => {
    note('reconnecting', error, state());
  });
  connection.onreconnected((id) => {
    note('reconnected', id, state());
  });
  connection.onclose((error) => {
    note('close', error, state());
  });
  connection.on('heard', (...all: unknown[]) => {
    note('heard', ...all);
  });

  await connection.start();
  note('started', connection.connectionId, state());
  const talk = async () => {
    await connection.send('say', 'hello', { nested: ['grüße', 1, null] });
    note('result', await connection.invoke('add', 2, 40));
    await connection.invoke('fail').catch((error: unknown) => {
      note('refused', error);
    });
    connection.stream('count', 3).subscribe({
      next: (item) => {
        note('item', item);
      },
      error: (error: unknown) => {
        note('stream error', error);
      },
      complete: () => {
        note('stream complete');
      },
    });
  };
  await talk();
  await until('stream complete');
  await tell('drop');
  await until('reconnected');
  await talk();
  await until('stream complete', 2);
  await connection.stop();
  await until('close');
}
