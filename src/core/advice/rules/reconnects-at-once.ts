import { formatCountOf, formatSpan } from '../../format.ts';
import { channelRule } from '../said.ts';

/** One alone may be chance. */
const FEWEST = 2;

export const reconnectsAtOnce = channelRule(
  {
    id: 'reconnects-at-once',
    topic: 'Reconnecting',
    title: 'Reconnects without waiting',
    source:
      'RFC 6455 section 7.2.3: the first delay should be random, later ones longer and longer',
  },
  function* look({ story: { policy } }) {
    if (policy.by !== 'page' || policy.kind !== 'immediate') return;
    const { delays } = policy;
    if (delays.length < FEWEST) return;
    const longest = Math.max(...delays.map(({ delay }) => delay));
    yield {
      severity: 'warning',
      summary: `Each of ${formatCountOf(delays.length, 'attempt')} came within ${formatSpan(longest)}: when the server restarts, all clients come at the same moment.`,
      advice:
        'Wait before each try: a random time up to one or a few seconds at first, up to twice as long after each failure, with a limit.',
      ifWrong: 'A second or so without news after a short loss.',
      connections: delays.map(({ connection }) => connection),
    };
  },
);
