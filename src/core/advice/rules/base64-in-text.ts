import { formatBytes } from '../../format.ts';
import { channelRule } from '../said.ts';
import { newestMessages, textOf } from '../seen-messages.ts';

/** Messages that are read: the newest. */
const LOOKED_AT = 200;
const FEWEST = 3;
/** Shorter ones are identifiers, signatures and the like. */
const RUN = /[A-Za-z0-9+/]{200,}={0,2}/u;

/** Bytes as text cost a third more, and the work of both sides. */
export const base64InText = channelRule(
  {
    id: 'base64-in-text',
    topic: 'Messages',
    title: 'Bytes written as text',
    source: 'RFC 4648 section 4: base64 writes 3 bytes as 4 characters',
  },
  function* look({ channel }, { messages }) {
    const newest = newestMessages(messages, channel, undefined, LOOKED_AT);
    const found = newest.flatMap(({ row }) => {
      const run = base64In(textOf(messages, row));
      return run === undefined ? [] : [{ row, length: run.length }];
    });
    if (found.length < FEWEST || found.length < newest.length / 2) return;
    const bytes = found.reduce((sum, { length }) => sum + length, 0);
    const isBinary = channel.transport === 'websocket' || channel.transport === 'datachannel';
    yield {
      severity: 'info',
      summary: `${found.length} of ${newest.length} messages looked at hold base64: ${formatBytes(bytes)} of text for ${formatBytes(Math.round((bytes * 3) / 4))} of bytes.`,
      advice: isBinary
        ? 'Send the bytes as a binary message, beside the text or in a format that holds both, as MessagePack or CBOR do.'
        : 'Text is all that an event stream or a JSON answer holds: send where the bytes can be fetched, or send them over a WebSocket or a binary response.',
      ifWrong:
        'Compression takes most of the third back: where it is on, the gain is the work of encoding alone, and binary messages are harder to read in tools.',
      rows: found.map(({ row }) => row),
    };
  },
);

/** The first long run of it. Hexadecimal and words have its letters too, but not their mixture. */
function base64In(text: string | undefined): string | undefined {
  const run = RUN.exec(text ?? '')?.[0] ?? '';
  return /[a-z]/u.test(run) && /[A-Z]/u.test(run) && /[0-9]/u.test(run) ? run : undefined;
}
