import { formatAt, formatSpan } from '../../../core/format.ts';
import { describeReturn, outcomeWords } from '../../../core/story/describe-outage.ts';
import type { Availability } from '../../../core/story/outage-types.ts';
import type { ChannelStory } from '../../../core/story/story-types.ts';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** `Open 92.1 % of 34 s.` */
export function shareWords({ share, open, down }: Availability): string {
  return share === undefined
    ? 'It had no time to open yet.'
    : `Open ${percent.format(Math.floor(share * 10_000) / 10_000)} of ${formatSpan(open + down)}.`;
}

/** Of a channel that never was lost. */
export function emptyWords(connections: readonly unknown[], { open }: Availability): string {
  const isOne = connections.length === 1;
  if (open === 0) {
    const tries = isOne ? 'Its only try has' : `Its ${connections.length} tries have`;
    return `${tries} not opened, so there was nothing to lose.`;
  }
  return isOne
    ? 'Its connection has not been lost.'
    : `None of its ${connections.length} connections was lost against the page’s will.`;
}

/** More outages than this are told by the picture alone. */
const TOLD = 6;

/** The story in sentences, for a picture that leaves the panel. */
export function captionLines({ availability, policy, outages }: ChannelStory): string[] {
  const told = outages
    .slice(-TOLD)
    .map(
      (outage) =>
        `${formatAt(outage.start)} s: ${outage.cause}. ${describeReturn(outage)} ${sentence(outcomeWords(outage))}`,
    );
  return [`${shareWords(availability)} ${policy.summary}`, ...told];
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
