import { formatBytes, formatCount, formatCountOf } from '../../format.ts';
import { median } from '../../story/beats.ts';
import type { Milliseconds } from '../../units.ts';
import { channelRule } from '../said.ts';
import { newestMessages, type SeenMessage } from '../seen-messages.ts';

/** Nobody sees that something came so much later. */
const WAIT: Milliseconds = 50;
const FEWEST = 500;
const SMALL = 200;
/** Messages that one batch would hold. */
const GAIN = 5;

export const chattyMessages = channelRule(
  {
    id: 'chatty-messages',
    topic: 'Messages',
    title: 'Many small messages where few would do',
    source:
      'RFC 6455 section 5.2: 2 bytes of header for a small message from the server, 6 from the page; each one is a task of the page',
  },
  function* look({ channel }, { messages }) {
    for (const direction of ['received', 'sent'] as const) {
      const seen = newestMessages(messages, channel, direction);
      const batches = batchesOf(seen);
      const size = Math.round(median(seen.map(({ byteLength }) => byteLength)));
      if (seen.length < FEWEST || size > SMALL || seen.length < batches.length * GAIN) continue;
      const saved = seen.length - batches.length;
      const largest = batches.toSorted((a, b) => b.count - a.count);
      yield {
        severity: 'info',
        summary: `${formatCountOf(seen.length, 'message')} ${direction}, of ${formatBytes(size)} (median), came in ${formatCount(batches.length)} stretches of ${WAIT} ms: joined, they would be ${formatCount(saved)} fewer tasks and headers.`,
        advice: `Collect what comes within ${WAIT} ms and send it as one message.`,
        ifWrong: `Up to ${WAIT} ms more until a message arrives, and code on both sides that takes several at once.`,
        rows: largest.map(({ row }) => row),
      };
    }
  },
);

/** A batch begins with a message and takes in what follows within the time. */
function batchesOf(seen: readonly SeenMessage[]): { row: number; at: number; count: number }[] {
  const batches: { row: number; at: number; count: number }[] = [];
  for (const { row, at } of seen) {
    const last = batches.at(-1);
    if (last !== undefined && at - last.at < WAIT) last.count += 1;
    else batches.push({ row, at, count: 1 });
  }
  return batches;
}
