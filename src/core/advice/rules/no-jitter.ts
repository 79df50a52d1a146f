import { formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';

export const noJitter = channelRule(
  {
    id: 'no-jitter',
    topic: 'Reconnecting',
    title: 'Reconnects without chance in the delays',
    source: 'RFC 6455 section 7.2.3: the first delay should be random',
  },
  function* look({ story: { policy } }) {
    const { by, kind, jitter, delays } = policy;
    if (by !== 'page' || kind === 'immediate' || kind === 'unknown') return;
    if (jitter !== 'none' || delays.length < 2) return;
    yield {
      severity: 'info',
      summary: `${formatCountOf(delays.length, 'delay')} without chance in them: clients that were lost together come back together.`,
      advice: 'Take a random part of each delay, or at least of the first one.',
      ifWrong:
        'Nothing measurable: the mean delay gets shorter. With few clients nothing is gained.',
      connections: delays.map(({ connection }) => connection),
    };
  },
);
