import type { MessageFact } from '../../core/facts.ts';
import { formatAt, formatBytes, formatSpan } from '../../core/format.ts';
import { previewOf } from '../../core/payload/preview.ts';
import type { LaneReading } from '../../core/read-lane.ts';
import { outcomeWords } from '../../core/story/describe-outage.ts';
import type { Milliseconds } from '../../core/units.ts';
import { DIRECTION_LOOK } from '../ui/transport-look.ts';

const STATES: Record<LaneReading['state'], string> = {
  before: 'not made yet',
  connecting: 'connecting',
  open: 'open',
  closing: 'closing',
  down: 'down',
  after: 'closed',
};

const LONGEST_PREVIEW = 40;
const rates = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** What is at a time of a lane, in one line: `12.031 s · open · 5 a second, 1.2 kB/s · ▼ {"seq":4…`. */
export function readingWords(
  at: Milliseconds,
  { state, outage, rate }: LaneReading,
  message: MessageFact | undefined,
): string {
  const words = [`${formatAt(at)} s`];
  if (outage === undefined) words.push(STATES[state]);
  else words.push(`outage of ${formatSpan(outage.downtime)}, ${outcomeWords(outage)}`);
  if (rate.messages > 0) {
    words.push(`${rates.format(rate.messages)} a second, ${formatBytes(Math.round(rate.bytes))}/s`);
  }
  if (message !== undefined) {
    const preview = previewOf(message);
    const short =
      preview.length > LONGEST_PREVIEW ? `${preview.slice(0, LONGEST_PREVIEW)}…` : preview;
    words.push(`${DIRECTION_LOOK[message.direction].glyph} ${short}`);
  }
  return words.join(' · ');
}
