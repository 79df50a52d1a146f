import { formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';

/** So many messages at once after a reconnect come from everybody at once. */
const STORM = 20;

export const resubscribeStorm = channelRule(
  {
    id: 'resubscribe-storm',
    topic: 'Reconnecting',
    title: 'Asks for everything again after a reconnect',
    source:
      'The recorded messages: those sent within 2 s after each reconnect, heartbeats not counted',
  },
  function* look({ story: { outages } }) {
    const storms = outages.filter(({ sentAfter }) => sentAfter >= STORM);
    if (storms.length === 0) return;
    const most = Math.max(...storms.map(({ sentAfter }) => sentAfter));
    yield {
      severity: 'warning',
      summary: `Up to ${formatCountOf(most, 'message')} within 2 s after a reconnect, ${formatCountOf(storms.length, 'time')}: each client asks for everything again.`,
      advice:
        'Subscribe to all with one message, or let the server remember a lost session for a while and take it up again.',
      ifWrong:
        'The server has to hold the subscriptions of clients that never come back, for that while.',
      connections: storms.flatMap(({ attempts }) =>
        attempts.slice(-1).map(({ connection }) => connection),
      ),
    };
  },
);
