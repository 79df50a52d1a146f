import { formatCount, formatSpan } from '../../format.ts';
import type { Milliseconds } from '../../units.ts';
import { channelRule } from '../said.ts';
import { newestMessages, textOf } from '../seen-messages.ts';

/** Nothing between closes what is idle for so short a time. */
const BUSY: Milliseconds = 5_000;
const FEWEST = 10;
const HOUR: Milliseconds = 3_600_000;

export const heartbeatTooBusy = channelRule(
  {
    id: 'heartbeat-too-busy',
    topic: 'Staying alive',
    title: 'Heartbeats come more often than anybody needs',
    source:
      'Idle timeouts that are usual begin at 30 s; defaults of libraries: Socket.IO 25 s, SignalR 15 s, Phoenix 30 s, STOMP 10 s',
  },
  function* look({ channel, story: { heartbeats } }, { messages }) {
    const busy = heartbeats.find(({ interval, count }) => interval < BUSY && count >= FEWEST);
    if (busy === undefined) return;
    const { kind, interval, count, isAnswered, side, direction, example } = busy;
    const hourly = Math.round(HOUR / interval) * (isAnswered ? 2 : 1);
    yield {
      severity: 'info',
      summary: `${side === 'page' ? 'The page' : 'The server'} sends “${kind}” every ${formatSpan(interval)} (${formatCount(count)} seen): ${formatCount(hourly)} messages an hour for each client${isAnswered ? ', answers included' : ''}.`,
      advice: 'Every 15 to 30 s keeps connections alive and wakes phones less often.',
      ifWrong:
        'A connection that died without a word is noticed later; where each second counts, as in trading or games, leave it.',
      rows: newestMessages(messages, channel, direction)
        .map(({ row }) => row)
        .filter((row) => textOf(messages, row) === example),
      // Comments of an event stream are no messages.
      connections: channel.connections
        .filter(({ openedAt }) => openedAt !== undefined)
        .map(({ id }) => id),
    };
  },
);
