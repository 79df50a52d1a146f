import { formatCountOf } from '../../format.ts';
import { channelRule } from '../said.ts';

/** A page can hear of it and wait; the browser’s own reconnects nobody can hold back. */
export const reconnectsWhileOffline = channelRule(
  {
    id: 'reconnects-while-offline',
    topic: 'Reconnecting',
    title: 'Reconnects without a network',
    source:
      'HTML Standard, “navigator.onLine”: https://html.spec.whatwg.org/multipage/system-state.html#dom-navigator-online',
  },
  function* look({ story: { policy, outages } }) {
    if (policy.by === 'browser') return;
    const offline = outages
      .flatMap(({ attempts }) => attempts)
      .filter(({ isOffline }) => isOffline);
    if (offline.length === 0) return;
    yield {
      severity: 'info',
      summary: `${formatCountOf(offline.length, 'attempt')} while the browser was offline: none could succeed, and each makes the next delay longer where delays grow.`,
      advice: 'Wait for “online”, and then begin again with the shortest delay.',
      ifWrong:
        'A browser that wrongly thinks itself offline, as some do with virtual networks, waits too long: go on trying, but seldom.',
      connections: offline.map(({ connection }) => connection),
    };
  },
);
