import type { Advised } from '../rule.ts';
import { formatBytes, formatCountOf, formatSpan } from '../../format.ts';
import { channelRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

/** Less is no habit. */
const FEWEST = 30;
const SHORTEST = 10_000;
/** Who sends more than a quarter as often as it receives does not send by the way. */
const BY_THE_WAY = 0.25;

export const websocketOneWay = channelRule(
  {
    id: 'websocket-one-way',
    topic: 'Transport',
    title: 'A WebSocket that is used one way',
    source:
      'HTML Standard, “Server-sent events”: https://html.spec.whatwg.org/multipage/server-sent-events.html; RFC 9113 section 5: streams share one connection',
  },
  function* look(advised, { messages }) {
    const { channel, measures } = advised;
    if (channel.transport !== 'websocket' || channel.dataTypes.binary > 0) return;
    const { sent, received } = channel.tally;
    if (received.messages < FEWEST || sent.messages > received.messages * BY_THE_WAY) return;
    const { direction, load } = measures() ?? {};
    if (direction?.used !== 'received-only' || direction.app.received.messages < FEWEST) return;
    if (load === undefined || load.openTime < SHORTEST) return;
    const asides = direction.heartbeats.sent.messages + direction.chatter.sent.messages;
    yield {
      severity: 'info',
      summary: `${formatCountOf(direction.app.received.messages, 'message')} came in ${formatSpan(load.openTime)}, all of them text, and the page said nothing of its own${asides > 0 ? ` (${formatCountOf(asides, 'heartbeat and subscription message')} set aside)` : ''}.${costWords(advised)}`,
      advice:
        'An event stream does the same, reconnects and resumes by itself, and shares one HTTP/2 connection with the page’s requests.',
      ifWrong:
        'As soon as the page has to talk often, or bytes are to come, the WebSocket is right; over HTTP/1.1 each event stream takes one of six connections to the host.',
      rows: newestMessages(messages, channel, 'received', 10).map(({ row }) => row),
      connections: channel.connections
        .filter(({ openedAt }) => openedAt !== undefined)
        .map(({ id }) => id),
    };
  },
);

function costWords({ costs }: Advised): string {
  const [asIs, ...others] = costs();
  const stream = others.find(({ carrier }) => carrier === 'eventsource');
  if (asIs === undefined || stream === undefined) return '';
  return ` On the wire ${formatBytes(asIs.total)} now, about ${formatBytes(stream.total)} as an event stream.`;
}
