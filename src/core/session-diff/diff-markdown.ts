import { plain } from '../compare/comparison-markdown.ts';
import { formatCountOf } from '../format.ts';
import { changeWords, orderWords } from './change-words.ts';
import type { ChannelChange, DiffChannel, SessionDiff } from './session-diff.ts';

/** What changed as GitHub-flavoured Markdown: kinds that changed most first, and how many stayed as they were. */
export function diffMarkdown({ channels, missing, added }: SessionDiff): string {
  return [
    '# What changed',
    '',
    ...missing.map((each) => `- **Missing channel** ${nameOf(each)}`),
    ...added.map((each) => `- **New channel** ${nameOf(each)}`),
    ...(missing.length + added.length > 0 ? [''] : []),
    ...channels.flatMap(channelLines),
  ].join('\n');
}

function channelLines({ before, after, basis, kinds, order }: ChannelChange): string[] {
  const told = kinds.map((kind) => ({ kind, words: changeWords(kind) }));
  const changed = told.filter(({ words }) => words.length > 0);
  const same = told.length - changed.length;
  const moved = basis === 'same endpoint' ? '' : ` → ${nameOf(after)} (${basis})`;
  return [
    `## ${nameOf(before)}${moved}`,
    '',
    ...changed.map(({ kind: { direction, name }, words }) => {
      const mark = direction === 'sent' ? '▲' : '▼';
      return `- ${mark} **${plain(name)}**: ${words.map(plain).join('; ')}`;
    }),
    ...order.map((change) => `- Order: ${plain(orderWords(change))}`),
    ...(same > 0 ? [`- ${formatCountOf(same, 'kind')} as before`] : []),
    '',
  ];
}

const nameOf = ({ channel: { transport, endpoint } }: DiffChannel): string =>
  `${transport} ${plain(endpoint)}`;
