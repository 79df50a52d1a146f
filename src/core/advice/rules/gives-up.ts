import { formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';

export const givesUp = channelRule(
  {
    id: 'gives-up',
    topic: 'Reconnecting',
    title: 'Stops trying to reconnect',
    source: 'The recorded attempts: none followed for longer than the next delay would have been',
  },
  function* look({ story: { policy } }) {
    const { givesUpAfter = 0, delays } = policy;
    if (givesUpAfter === 0) return;
    yield {
      severity: 'warning',
      summary: `It stopped after ${formatCountOf(givesUpAfter, 'failed attempt')}: a longer outage needs a reload.`,
      advice:
        'Go on trying at the longest delay, and try at once when the page is shown again or the browser is online again (“visibilitychange”, “online”); or tell the user, with a button.',
      ifWrong: 'A request now and then to a server that is gone for good.',
      connections: delays.map(({ connection }) => connection).slice(-givesUpAfter),
    };
  },
);
