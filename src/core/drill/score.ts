import type { Channel, Connection } from '../channel.ts';
import { formatCountOf, formatSpan } from '../format.ts';
import type { Outage } from '../story/outage-types.ts';
import type { ChannelStory } from '../story/story-types.ts';
import type { Milliseconds } from '../units.ts';
import type { Drill } from './drill-log.ts';

/**
 * What became of the channel:
 * - `recovered`: each time it was broken it came back
 * - `recovering`: it is still trying
 * - `not-recovered`: it stopped trying, or never tried
 * - `unbroken`: nothing of the drill ended a connection
 */
export type RecoveryVerdict = 'recovered' | 'recovering' | 'not-recovered' | 'unbroken';

/** How a channel came through a drill. */
export interface RecoveryScore {
  verdict: RecoveryVerdict;
  /** How often a connection was broken. */
  breaks: number;
  /** The longest time from an end to the next open connection; absent where none came back. */
  recovery?: Milliseconds;
  /** Tries to reconnect, refused ones among them. */
  attempts: number;
  refused: number;
  /** What the delays tell, in a sentence; measured over the whole session. */
  policy: string;
  /** Messages that never came and that came twice, as far as anything in them tells. */
  lost: number;
  repeated: number;
  /** Breaks after which nothing in the messages tells what is missing. */
  untold: number;
  /** Messages that the drill itself kept from the page. */
  withheld: number;
  /** All of it, in sentences. */
  summary: string[];
}

const isBroken = ({ drilled }: Connection): boolean => drilled === 'drop' || drilled === 'close';

export function scoreDrill(drill: Drill, channel: Channel, story: ChannelStory): RecoveryScore {
  const until = drill.endedAt ?? Infinity;
  const during = (at: Milliseconds | undefined): boolean =>
    at !== undefined && at >= drill.startedAt && at <= until;
  const broken = channel.connections.filter((each) => isBroken(each) && during(each.endedAt));
  const ids = new Set(broken.map(({ id }) => id));
  const outages = story.outages.filter(({ connection }) => ids.has(connection));
  const recoveries = outages.filter(({ end }) => end !== undefined);
  const told = recoveries.filter(({ resume }) => resume.verdict !== 'unknown');
  const sum = (of: (outage: Outage) => number): number =>
    outages.reduce((total, outage) => total + of(outage), 0);
  const longest = Math.max(...recoveries.map(({ downtime }) => downtime));
  const score: Omit<RecoveryScore, 'summary'> = {
    verdict: verdictOf(broken.length, outages, recoveries.length),
    breaks: broken.length,
    ...(recoveries.length > 0 && { recovery: longest }),
    attempts: sum(({ attempts }) => attempts.length),
    refused: drill.steps.filter(({ step }) => step === 'refused').length,
    policy: story.policy.summary,
    lost: sum(({ resume }) => resume.lost),
    repeated: sum(({ resume }) => resume.repeated),
    untold: recoveries.length - told.length,
    withheld: drill.withheld,
  };
  return { ...score, summary: summarize(score, channel) };
}

function verdictOf(breaks: number, outages: readonly Outage[], recovered: number): RecoveryVerdict {
  if (breaks === 0) return 'unbroken';
  // An end that the page takes as final is no outage.
  if (outages.length < breaks) return 'not-recovered';
  if (recovered === outages.length) return 'recovered';
  return outages.some(({ isGivenUp }) => isGivenUp) ? 'not-recovered' : 'recovering';
}

function summarize(score: Omit<RecoveryScore, 'summary'>, { transport }: Channel): string[] {
  const { verdict, breaks, recovery, attempts, refused, lost, repeated, untold } = score;
  const { withheld } = score;
  const times = breaks === 1 ? 'once' : `${breaks} times`;
  const tries = `${formatCountOf(attempts, 'attempt')}${refused > 0 ? `, ${refused} refused by the drill` : ''}`;
  const ends: Record<RecoveryVerdict, string> = {
    recovered: `Broken ${times}, it came back within ${formatSpan(recovery ?? 0)} (${tries}).`,
    recovering: `Broken ${times}, it is still trying (${tries}).`,
    'not-recovered': `Broken ${times}, it did not come back (${tries}).`,
    unbroken: 'No connection was broken.',
  };
  const said = [ends[verdict]];
  if (breaks > 0 && verdict !== 'not-recovered') said.push(resumeWords(lost, repeated, untold));
  if (withheld > 0) {
    said.push(`The drill itself kept ${formatCountOf(withheld, 'message')} from the page.`);
  }
  if (transport === 'eventsource' && breaks > 0) {
    said.push(
      'The server saw no reconnect: whether it would have sent again what follows the last event ID, a drill cannot tell.',
    );
  }
  return said;
}

function resumeWords(lost: number, repeated: number, untold: number): string {
  if (lost === 0 && repeated === 0) {
    return untold > 0
      ? 'Whether messages were lost or came twice, nothing in them tells.'
      : 'No message is missing, none came twice.';
  }
  const words = [
    ...(lost > 0 ? [`${formatCountOf(lost, 'message')} never came`] : []),
    ...(repeated > 0 ? [`${formatCountOf(repeated, 'message')} came twice`] : []),
  ];
  return `${words.join(', ')}.`;
}
