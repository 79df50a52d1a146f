import { formatCount, formatCountOf, formatSpan } from '../../../core/format.ts';
import type { Heartbeat, Silence } from '../../../core/story/heartbeat-types.ts';
import type { ReconnectPolicy } from '../../../core/story/policy-types.ts';
import type { FactLine } from '../fact-line.ts';

const present = (lines: (FactLine | undefined)[]): FactLine[] =>
  lines.filter((line) => line !== undefined);

/** Who waits, and what a server asked for. */
export function policyLines(policy: ReconnectPolicy): FactLine[] {
  const { by, delays, base, reconnectionTime, givesUpAfter, attempts } = policy;
  const isBrowser = by === 'browser';
  return present([
    {
      name: 'Who tries again',
      text: isBrowser ? 'the browser, for one EventSource object' : 'the page’s own code',
      how: isBrowser
        ? 'Observed: the same EventSource object tried again'
        : 'A new object was made after each end; which of them belong together is inferred, see the chain',
    },
    isBrowser && base !== undefined
      ? {
          name: 'Reconnection time',
          text: `${formatSpan(base)} measured`,
          how: 'The shortest time from the end of a connection to the request for the next one',
        }
      : undefined,
    reconnectionTime === undefined
      ? undefined
      : {
          name: 'Server’s retry:',
          text: formatSpan(reconnectionTime),
          how: 'The last retry: field in the stream, from DevTools’ network log or a body that the page read',
        },
    delays.length === 0
      ? undefined
      : {
          name: 'Tries',
          text: `${formatCount(delays.length)}, at most ${formatCount(attempts)} in one outage`,
          how: 'Observed: connections that were made after an end',
        },
    givesUpAfter === undefined
      ? undefined
      : {
          name: 'Gave up',
          text: `after ${formatCountOf(givesUpAfter, 'failed attempt')}`,
          how: 'No try came for longer than the next delay would have been',
        },
  ]);
}

export function heartbeatLines(beat: Heartbeat): FactLine[] {
  const { side, interval, jitter, count, isAnswered, roundTrip, missed, example } = beat;
  const answers = side === 'page' ? 'the server' : 'the page';
  return present([
    {
      name: 'Who begins',
      text: `the ${side}${isAnswered ? `, and ${answers} answers` : ', without an answer'}`,
      how: 'By the direction of the first message of each pair',
    },
    {
      name: 'Interval',
      text: `${formatSpan(interval)}, ± ${formatSpan(jitter)}`,
      how: 'The median time between two of them on one connection, and the median distance from it',
    },
    roundTrip === undefined
      ? undefined
      : {
          name: 'Round trip',
          text: formatSpan(roundTrip),
          how:
            side === 'page'
              ? 'The median time to the answer: the network and the server'
              : 'The median time to the page’s answer: the page alone',
        },
    {
      name: 'Beats',
      text: `${formatCount(count)}${missed > 0 ? `, ${formatCount(missed)} missed` : ', none missed'}`,
      how: 'Missed: beats that did not come although the connection stayed open, and beats of the page without an answer',
    },
    { name: 'Example', text: example === '' ? '(an empty message)' : example },
  ]);
}

/** The longest silence, where proxies would have cut the connection. */
export function silenceWords({ longest, exceeds }: Silence): string {
  const most = exceeds.at(-1);
  return most === undefined
    ? `The longest silence was ${formatSpan(longest)}: shorter than the usual idle timeouts of proxies (30, 60 and 100 s).`
    : `The longest silence was ${formatSpan(longest)}: a proxy with an idle timeout of ${formatSpan(most)} would have cut it.`;
}
