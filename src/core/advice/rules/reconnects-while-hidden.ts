import { formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';

/** A page can hear of it and wait; the browser’s own reconnects nobody can hold back. */
export const reconnectsWhileHidden = channelRule(
  {
    id: 'reconnects-while-hidden',
    topic: 'Reconnecting',
    title: 'Reconnects while nobody looks',
    source:
      'HTML Standard, “Page visibility”: https://html.spec.whatwg.org/multipage/interaction.html#page-visibility',
  },
  function* look({ story: { policy, outages } }) {
    if (policy.by === 'browser') return;
    const hidden = outages.flatMap(({ attempts }) => attempts).filter(({ isHidden }) => isHidden);
    if (hidden.length === 0) return;
    yield {
      severity: 'info',
      summary: `${formatCountOf(hidden.length, 'attempt')} while the page was hidden: tabs that nobody looks at keep the server busy.`,
      advice: 'Wait until the page is shown (“visibilitychange”), and then try at once.',
      ifWrong:
        'Tabs in the background miss what should have been told meanwhile, as a notification or a sound.',
      connections: hidden.map(({ connection }) => connection),
    };
  },
);
