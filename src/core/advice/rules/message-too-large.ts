import { formatBytes, formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

const LARGE = 1_000_000;

export const messageTooLarge = channelRule(
  {
    id: 'message-too-large',
    topic: 'Messages',
    title: 'Messages that hold up all others',
    source:
      'RFC 6455 section 5.4: messages of one connection come one after the other; limits of servers: ws 100 MiB, API Gateway of AWS 128 kB, Socket.IO 1 MB',
  },
  function* look({ channel }, { messages }) {
    if (channel.sizes.largest < LARGE) return;
    const large = newestMessages(messages, channel)
      .filter(({ byteLength }) => byteLength >= LARGE)
      .sort((a, b) => b.byteLength - a.byteLength);
    const [largest] = large;
    if (largest === undefined) return;
    yield {
      severity: 'warning',
      summary: `${formatCountOf(large.length, 'message')} of 1 MB or more, the largest ${formatBytes(largest.byteLength)}: what comes after waits until it is through, and the page reads it in one go.`,
      advice:
        'Send what changed, send it in pieces, or send where it can be fetched; a download of its own can be cached and cancelled.',
      ifWrong: 'One more request; where it comes once and nothing else waits, nothing is gained.',
      rows: large.map(({ row }) => row),
    };
  },
);
