import type { Channel, Connection } from '../../channel.ts';
import { formatBytes } from '../../format.ts';
import { headerOf } from '../../http/content-type.ts';
import { looksLikeJson } from '../json-text.ts';
import { channelRule } from '../said.ts';
import { newestMessages, textOf } from '../seen-messages.ts';

/** Less is not worth the work. */
const LEAST_BYTES = 100_000;
const LEAST_MEAN = 300;
const LOOKED_AT = 50;

export const compressionOff = channelRule(
  {
    id: 'compression-off',
    topic: 'Messages',
    title: 'Large JSON without compression',
    source: 'RFC 7692 (permessage-deflate); RFC 9110 section 8.4 (“Content-Encoding”)',
  },
  function* look({ channel }, { messages }) {
    const { received, sent } = channel.tally;
    const bytes = received.bytes + sent.bytes;
    const count = received.messages + sent.messages;
    if (bytes < LEAST_BYTES || bytes < count * LEAST_MEAN || !isUncompressed(channel)) return;
    const newest = newestMessages(messages, channel, undefined, LOOKED_AT);
    const json = newest
      .filter(({ row }) => looksLikeJson(textOf(messages, row) ?? ''))
      .sort((a, b) => b.byteLength - a.byteLength);
    if (json.length < newest.length * 0.8) return;
    const isSocket = channel.transport === 'websocket';
    yield {
      severity: 'info',
      summary: `${formatBytes(bytes)} of JSON, ${formatBytes(Math.round(bytes / count))} a message, went uncompressed: ${isSocket ? 'the server took no “permessage-deflate”' : 'the answer has no “Content-Encoding”'}.`,
      advice: isSocket
        ? 'Turn “permessage-deflate” on in the server, for messages beyond a kilobyte or so.'
        : 'Let the server compress (gzip, br, zstd), and flush after each event so that nothing waits in the compressor.',
      ifWrong:
        'Work for both sides, and some hundred kilobytes of memory for each connection of the server; what is secret beside what others can choose should not be compressed together.',
      rows: json.map(({ row }) => row),
    };
  },
);

/** Only where somebody told: no header is known of what the network log did not see. */
function isUncompressed({ connections, transport }: Channel): boolean {
  const opened = connections.filter(({ openedAt }) => openedAt !== undefined);
  const isPlain = (connection: Connection): boolean => {
    if (transport === 'websocket') return connection.extensions === '';
    const told = connection.handshake?.responseHeaders;
    return told !== undefined && headerOf(told, 'content-encoding') === undefined;
  };
  return opened.length > 0 && opened.every(isPlain);
}
