import type { Connection } from '../../channel.ts';
import { formatCount, formatCountOf, formatShare, formatSpan } from '../../format.ts';
import { pollRhythm } from '../../http/poll-rhythm.ts';
import { channelRule } from '../said.ts';
import { newestMessages, textOf } from '../seen-messages.ts';

/** Of a long chain the latest requests tell. */
const LOOKED_AT = 500;
const FEWEST = 10;
const MOSTLY = 0.6;
const NO_NEWS: readonly number[] = [204, 304];

export const pollingWithoutNews = channelRule(
  {
    id: 'polling-without-news',
    topic: 'Transport',
    title: 'Most polls bring nothing new',
    source: 'The recorded answers: empty ones, and those equal to the one before',
  },
  function* look({ channel }, { messages, lastAt }) {
    if (channel.transport !== 'polling') return;
    const rhythm = pollRhythm(channel, lastAt);
    // Who holds a request open answers without news only to end it.
    if (rhythm === undefined || rhythm.kind === 'held-open') return;
    const answers = new Map<number, { row: number; text: string | undefined }>();
    for (const { row, connection } of newestMessages(messages, channel, 'received')) {
      if (!answers.has(connection)) answers.set(connection, { row, text: textOf(messages, row) });
    }
    const answered = channel.connections.slice(-LOOKED_AT).filter(isAnswered);
    const rows: number[] = [];
    let [empty, equal, before] = [0, 0, undefined as string | undefined];
    for (const { id, status = 200, tally } of answered) {
      const answer = answers.get(id);
      if (NO_NEWS.includes(status) || tally.received.bytes === 0) {
        empty += 1;
        if (answer !== undefined) rows.push(answer.row);
        continue;
      }
      if (answer?.text !== undefined && answer.text === before) {
        equal += 1;
        rows.push(answer.row);
      }
      before = answer?.text;
    }
    const share = (empty + equal) / answered.length;
    if (answered.length < FEWEST || share < MOSTLY) return;
    yield {
      severity: share >= 0.9 ? 'warning' : 'info',
      summary: `${formatCount(empty + equal)} of ${formatCountOf(answered.length, 'answer')} (${formatShare(share)}) brought nothing new: ${formatCount(empty)} empty, ${formatCount(equal)} the same as before. News waited up to ${formatSpan(rhythm.every)} for the next request.`,
      advice:
        'Let the server tell when there is something: an event stream, or a WebSocket where the page talks too. To stay with polling, ask less often, with “If-None-Match”.',
      ifWrong:
        'A held connection for each client, and a server that knows when something changes; polls every minute or so are cheaper than that.',
      rows,
      connections: answered.slice(-3).map(({ id }) => id),
    };
  },
);

const isAnswered = ({ openedAt, endedAt, status = 200 }: Connection): boolean =>
  openedAt !== undefined && endedAt !== undefined && status < 400;
