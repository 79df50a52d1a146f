import { isBrowserReconnect } from '../../channel.ts';
import { formatCountOf, formatSpan } from '../../format.ts';
import { channelRule } from '../said.ts';

const FEWEST = 3;

export const handshakeTooLong = channelRule(
  {
    id: 'handshake-too-long',
    topic: 'Connections',
    title: 'Connecting takes longer than the conversation',
    source: 'The recorded times: from the constructor to open, and from open to the end',
  },
  function* look({ channel }) {
    if (channel.transport !== 'websocket' && channel.transport !== 'eventsource') return;
    const ended = channel.connections.flatMap((connection) => {
      const { id, createdAt, openedAt, closingAt, endedAt, drilled, endedBy } = connection;
      if (openedAt === undefined || endedAt === undefined || drilled !== undefined) return [];
      if (endedBy === 'navigation' || isBrowserReconnect(connection)) return [];
      return [{ id, connect: openedAt - createdAt, open: (closingAt ?? endedAt) - openedAt }];
    });
    const short = ended.filter(({ connect, open }) => connect > open);
    if (short.length < FEWEST || short.length < ended.length / 2) return;
    const [connect, open] = [
      short.reduce((sum, each) => sum + each.connect, 0),
      short.reduce((sum, each) => sum + each.open, 0),
    ];
    yield {
      severity: 'warning',
      summary: `${formatCountOf(short.length, 'connection')} of ${ended.length} took longer to open (${formatSpan(connect)} together) than they were open (${formatSpan(open)}).`,
      advice:
        'Keep one connection open and use it again; where a question and its answer are all, ask with fetch.',
      ifWrong: 'A connection that is held costs the server memory while nobody uses it.',
      connections: short.map(({ id }) => id),
    };
  },
);
