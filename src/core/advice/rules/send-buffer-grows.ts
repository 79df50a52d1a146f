import type { Connection } from '../../channel.ts';
import { formatBytes, formatCountOf, formatSpan } from '../../format.ts';
import { channelRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

/** Once may be one large message. */
const FEWEST = 2;

export const sendBufferGrows = channelRule(
  {
    id: 'send-buffer-grows',
    topic: 'Messages',
    title: 'The page sends faster than the network takes it',
    source:
      'WHATWG WebSockets, “bufferedAmount”: https://websockets.spec.whatwg.org/#dom-websocket-bufferedamount',
  },
  function* look({ channel }, { messages }) {
    const grown = channel.connections.filter(({ sendBuffer }) => sendBuffer.length >= FEWEST);
    const [worst] = grown.toSorted((a, b) => mostIn(b) - mostIn(a));
    if (worst === undefined) return;
    const [first] = worst.sendBuffer;
    const last = worst.sendBuffer.at(-1);
    if (first === undefined || last === undefined) return;
    const sent = newestMessages(messages, channel, 'sent').filter(
      ({ connection, at }) => connection === worst.id && at >= first.at && at <= last.at,
    );
    yield {
      severity: 'warning',
      summary: `What waits to be sent grew from ${formatBytes(first.bufferedAmount)} to ${formatBytes(last.bufferedAmount)} in ${formatSpan(last.at - first.at)}, in ${formatCountOf(grown.length, 'connection')}: each message comes later than the one before, and memory fills.`,
      advice:
        'Look at “bufferedAmount” before sending: wait, leave out what is old, or send less often. A WebSocketStream or WebTransport waits by itself.',
      ifWrong:
        'Waiting needs a timer, for no event tells when the buffer is empty; an upload that ends soon is no harm.',
      rows: sent.map(({ row }) => row),
      connections: grown.map(({ id }) => id),
    };
  },
);

const mostIn = ({ sendBuffer }: Connection): number => sendBuffer.at(-1)?.bufferedAmount ?? 0;
