import { formatCountOf } from '../../format.ts';
import { groupBy } from '../../group-by.ts';
import type { Subscription } from '../../pairs/pair-book.ts';
import { mostAtOnce } from '../../most-at-once.ts';
import { withoutNumbering } from '../json-text.ts';
import { sessionRule } from '../said.ts';
import { textOf } from '../seen-messages.ts';

/** What is looked into: the newest. */
const MOST_SUBSCRIPTIONS = 2_000;

export const duplicateSubscriptions = sessionRule(
  {
    id: 'duplicate-subscriptions',
    topic: 'Messages',
    title: 'The same thing is subscribed to twice',
    source:
      'The decoded messages: subscriptions that say the same, numbers aside, and stand at the same time',
  },
  function* look({ session, channels }) {
    const all = channels.flatMap(({ channel, decoded }) =>
      (decoded?.subscriptions ?? []).slice(-MOST_SUBSCRIPTIONS).map((subscription) => ({
        ...spanOf(subscription, session.connections.get(subscription.connection)?.endedAt),
        channel,
      })),
    );
    const asked = all.flatMap((span) => {
      const text = textOf(session.messages, span.subscription.askRow);
      if (text === undefined) return [];
      const { kind, asker } = span.subscription;
      const { frame, endpoint } = span.channel;
      return [{ ...span, key: [frame, endpoint, asker, kind, withoutNumbering(text)].join('\n') }];
    });
    for (const same of groupBy(asked, ({ key }) => key).values()) {
      const most = mostAtOnce(same);
      const [first] = most;
      if (first === undefined || most.length < 2) continue;
      const { kind } = first.subscription;
      const told = most.slice(1).reduce((sum, { subscription }) => sum + subscription.messages, 0);
      yield {
        severity: 'warning',
        summary: `“${kind}” was subscribed to ${formatCountOf(most.length, 'time')} at the same time, with the same words; ${formatCountOf(told, 'message')} came for the later ones.`,
        advice:
          'Share one subscription between those who listen, and end it when the last one goes; look for a component that subscribes each time it is made.',
        ifWrong:
          'Who comes later gets no first answer of its own, and has to be given what is known.',
        rows: most.map(({ subscription }) => subscription.askRow),
        channels: [...new Set(most.map(({ channel }) => channel.id))],
      };
    }
  },
);

function spanOf(subscription: Subscription, connectionEnd: number | undefined) {
  const to = Math.min(subscription.to ?? Infinity, connectionEnd ?? Infinity);
  return { subscription, from: subscription.from, to };
}
