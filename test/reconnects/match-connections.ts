import type { ChannelReport, Report } from '../../src/core/report.ts';
import type { Truth } from './truth.ts';

/** A connection of the report, and the channel that it stands in. */
export interface Placed {
  readonly channel: ChannelReport;
  readonly connection: ChannelReport['connections'][number];
}

/**
 * Finds each try that the server saw in the report: the same address at about the same time. An EventSource
 * has been created when the stream broke, and asks the server after its reconnection time.
 *
 * @returns in the order of the truth; `undefined` where the report has none
 */
export function matchConnections(
  { connections, transport, toleranceMs }: Truth,
  { channels }: Report,
): (Placed | undefined)[] {
  const free = channels
    .filter((channel) => channel.transport === transport)
    .flatMap((channel) => channel.connections.map((connection) => ({ channel, connection })))
    .sort((left, right) => left.connection.createdAt - right.connection.createdAt);
  return connections.map(({ target, at }) => {
    const index = free.findIndex(
      ({ connection: { url, createdAt } }) =>
        targetOf(url) === target &&
        createdAt < at + toleranceMs * 4 &&
        (transport === 'eventsource' || createdAt > at - toleranceMs * 4),
    );
    return index === -1 ? undefined : free.splice(index, 1)[0];
  });
}

function targetOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
