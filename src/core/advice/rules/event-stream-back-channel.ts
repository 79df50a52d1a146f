import { formatCount, formatCountOf, formatShare, formatSpan } from '../../format.ts';
import { carriesEventStream } from '../event-streams.ts';
import { channelRule } from '../said.ts';

const FEWEST = 20;
/** Of the stream's events, those that answer. */
const BUSY = 0.25;
/** Of the requests, those that the stream answered. */
const MOSTLY = 0.7;

export const eventStreamBackChannel = channelRule(
  {
    id: 'event-stream-back-channel',
    topic: 'Transport',
    title: 'An event stream with a busy way back',
    source:
      'RFC 6455 section 1.1: two-way talk over HTTP takes a request with all its headers for each word of the page',
  },
  function* look({ channel, measures }) {
    if (!carriesEventStream(channel)) return;
    const back = measures()?.direction.backChannel;
    if (back === undefined || back.requests < FEWEST) return;
    if (back.answered < back.requests * MOSTLY || back.shareOfEvents < BUSY) return;
    yield {
      severity: 'info',
      summary: `${formatCountOf(back.requests, 'request')} with a body went to the same origin while the stream was open, and it spoke within ${formatSpan(back.within)} of ${formatCount(back.answered)} of them: ${formatShare(back.shareOfEvents)} of its events are answers.`,
      advice:
        'A WebSocket carries both directions on one connection, without headers for each message.',
      ifWrong:
        'Reconnecting, resuming and sharing an HTTP/2 connection are then yours to write; requests that only happen to come with events are no talk.',
      rows: back.rows,
      connections: back.connections,
    };
  },
);
