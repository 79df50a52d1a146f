import { formatCountOf, formatSpan } from '../../core/format.ts';
import { type OutageOutcome, outcomeOf, sumOutages } from '../../core/story/describe-outage.ts';
import type { ChannelStory } from '../../core/story/story-types.ts';
import type { Word } from './channel-words.ts';

/** Beside the words, so that colour says nothing alone. */
export const OUTCOME_GLYPHS: Record<OutageOutcome, string> = {
  exact: '✓',
  repeated: '⟳',
  lost: '✕',
  unknown: '?',
  lasting: '…',
  'given-up': '■',
};

/** Did it break, and did it recover: `2 reconnects · lost 4`. */
export function breaksWord({ outages }: ChannelStory): Word | undefined {
  const last = outages.at(-1);
  if (last === undefined) return undefined;
  const { reconnects, lost, repeated, unknown } = sumOutages(outages);
  const outcome = outcomeOf(last);
  const parts = [
    ...(outcome === 'lasting' ? [`down ${formatSpan(last.downtime)}`] : []),
    ...(outcome === 'given-up' ? ['gave up'] : []),
    ...(reconnects > 0 ? [formatCountOf(reconnects, 'reconnect')] : []),
    ...(lost > 0 ? [`lost ${lost}`] : []),
    ...(repeated > 0 ? [`repeated ${repeated}`] : []),
  ];
  if (reconnects > 0 && lost + repeated === 0 && unknown === 0) parts.push('resumed');
  const told = unknown > 0 ? ` Of ${unknown} nothing tells whether messages were lost.` : '';
  return {
    text: parts.join(' · '),
    title: `Lost ${formatCountOf(outages.length, 'time')}. The last time: ${last.cause}.${told}`,
    isBroken: lost > 0 || outcome === 'lasting' || outcome === 'given-up',
  };
}

/** A channel that beats. */
export function beatWord({ heartbeats: [beat] }: ChannelStory): Word | undefined {
  if (beat === undefined) return undefined;
  const { kind, side, interval, missed } = beat;
  return {
    text: missed > 0 ? `♥ ${missed} missed` : '♥',
    title: `Heartbeat: ${kind}, every ${formatSpan(interval)}, by the ${side}${missed > 0 ? `; ${formatCountOf(missed, 'beat')} missed` : ''}`,
    isBroken: missed > 0,
  };
}
