import { formatCountOf, formatSpan } from '../../format.ts';
import { pollRhythm } from '../../http/poll-rhythm.ts';
import { channelRule } from '../said.ts';

const FEWEST = 5;
/** Libraries that would rather use something else say in the URL what they fell back to. */
const FALLBACK = /[?&]transport=polling|\/xhr(?:$|[/?])|[?&]transport=longPolling/u;

export const longPolling = channelRule(
  {
    id: 'long-polling',
    topic: 'Transport',
    title: 'Long polling where the server could push',
    source:
      'RFC 6202 section 2.2: each message of HTTP long polling costs a whole request and response',
  },
  function* look({ channel }, { lastAt }) {
    if (channel.transport !== 'polling') return;
    const rhythm = pollRhythm(channel, lastAt);
    const { connections } = channel;
    if (rhythm?.kind !== 'held-open' || connections.length < FEWEST) return;
    const isFallback = connections.some(({ url }) => FALLBACK.test(url));
    yield {
      severity: 'info',
      summary: `The server holds each request open until it has news, ${formatSpan(rhythm.lasts)} each (median): ${formatCountOf(connections.length, 'request')} with all their headers so far.`,
      advice: isFallback
        ? 'The library fell back to this: find out why its WebSocket did not come about (a proxy without “Upgrade”, a blocked port, “transports” in its options).'
        : 'An event stream carries the same in one answer, and reconnects by itself.',
      ifWrong:
        'Long polling passes proxies that collect streams or do not know WebSockets; where such users count, keep it as the last resort.',
      connections: connections.slice(-FEWEST).map(({ id }) => id),
    };
  },
);
