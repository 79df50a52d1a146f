import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Stage } from '../../third-party/stage/stage.ts';
import { plainDelay } from '../policy.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ http, variant, tell }: Stage): Promise<void> {
  const { policy, mode, beatMs } = readSettings(variant);
  const builder = new HubConnectionBuilder()
    .withUrl(`${http}/hub`, {
      transport: HttpTransportType.WebSockets,
      skipNegotiation: mode !== 'negotiate',
    })
    .configureLogging(LogLevel.None);
  if (beatMs !== undefined) builder.withKeepAliveInterval(beatMs);
  const { delaysMs } = policy;
  const connection =
    policy.kind === 'none'
      ? builder.build()
      : delaysMs === undefined
        ? builder
            .withAutomaticReconnect({
              nextRetryDelayInMilliseconds: ({ previousRetryCount }) =>
                previousRetryCount < (policy.attempts ?? Infinity)
                  ? plainDelay(policy, previousRetryCount + 1)
                  : null,
            })
            .build()
        : // The library's own policy where the page names none.
          (mode === 'default'
            ? builder.withAutomaticReconnect()
            : builder.withAutomaticReconnect([...delaysMs])
          ).build();
  connection.on('heard', () => undefined);
  await connection.start();
  await connection.send('say', { subscribe: 'prices' });
  await tell('play');
  await connection.stop();
}
