import { formatCountOf, formatSpan } from '../../format.ts';
import { channelRule } from '../said.ts';

/** So many tries without a longer delay are a load of their own. */
const MANY_TRIES = 5;

export const neverBacksOff = channelRule(
  {
    id: 'never-backs-off',
    topic: 'Reconnecting',
    title: 'Reconnects without backing off',
    source: 'RFC 6455 section 7.2.3: delays should grow, “truncated binary exponential backoff”',
  },
  function* look({ story: { policy } }) {
    const { by, kind, attempts, base = 0, delays } = policy;
    if (by !== 'page' || kind !== 'fixed' || attempts < MANY_TRIES) return;
    yield {
      severity: 'warning',
      summary: `${formatCountOf(attempts, 'attempt')} in one outage, always after about ${formatSpan(base)}: the delay never grows.`,
      advice: 'Make each delay longer than the one before, up to a limit of half a minute or so.',
      ifWrong: 'After a long outage clients come back up to that limit later.',
      connections: delays.map(({ connection }) => connection),
    };
  },
);
