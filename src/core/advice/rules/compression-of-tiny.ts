import { formatBytes, formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

const FEWEST = 200;
const TINY = 64;
/** Nearly all. */
const SHARE = 0.95;

export const compressionOfTiny = channelRule(
  {
    id: 'compression-of-tiny',
    topic: 'Messages',
    title: 'Compression of tiny messages',
    source:
      'RFC 7692 section 7.2.1: each message ends with a flush of the compressor; a context is 32 kB or more for each connection and direction',
  },
  function* look({ channel }, { messages }) {
    if (channel.transport !== 'websocket') return;
    const compressed = channel.connections.filter(({ extensions = '' }) =>
      extensions.includes('permessage-deflate'),
    );
    if (compressed.length === 0) return;
    const newest = newestMessages(messages, channel);
    const tiny = newest.filter(({ byteLength }) => byteLength <= TINY);
    if (newest.length < FEWEST || tiny.length < newest.length * SHARE) return;
    const bytes = tiny.reduce((sum, { byteLength }) => sum + byteLength, 0);
    yield {
      severity: 'info',
      summary: `${formatCountOf(tiny.length, 'message')} of ${newest.length} have ${TINY} bytes or less, ${formatBytes(bytes)} together, and may be compressed: that can save little, and keeps compressor and window in memory.`,
      advice:
        'Turn “permessage-deflate” off, or let the server compress only beyond a kilobyte or so.',
      ifWrong:
        'Where the same words come again and again, the window does shrink them: then the wire carries up to as many bytes more as they have.',
      connections: compressed.map(({ id }) => id),
    };
  },
);
