import type { EndedBy } from '../facts.ts';
import { formatCount, formatCountOf, formatSpan } from '../format.ts';
import type { Outage, Resume, ResumeVerdict } from './outage-types.ts';
import { rangesInWords } from './resume.ts';

/** How an outage came out: as a resume verdict, or not over. */
export type OutageOutcome = ResumeVerdict | 'lasting' | 'given-up';

export function outcomeOf({ end, isGivenUp, resume }: Outage): OutageOutcome {
  if (isGivenUp) return 'given-up';
  return end === undefined ? 'lasting' : resume.verdict;
}

/** In a few words: `lost 4`, `resumed exactly`. */
export function outcomeWords(outage: Outage): string {
  const { lost, repeated } = outage.resume;
  const outcome = outcomeOf(outage);
  switch (outcome) {
    case 'exact':
      return 'resumed exactly';
    case 'repeated':
      return `repeated ${formatCount(repeated)}`;
    case 'lost':
      return `lost ${formatCount(lost)}${repeated > 0 ? `, repeated ${formatCount(repeated)}` : ''}`;
    case 'unknown':
      return 'losses not known';
    case 'lasting':
      return 'still down';
    case 'given-up':
      return 'never came back';
  }
}

/** What happened to the messages, in a sentence with the numbers; and of what cannot be known, why. */
export function describeResume(resume: Resume): string {
  const { verdict, lost, repeated, lostRanges, repeatedRanges, sequence = '', why } = resume;
  const numbers = (ranges: Resume['lostRanges']): string =>
    ranges.length === 0 ? '' : ` (${sequence} ${rangesInWords(ranges)})`;
  const twice = `${formatCountOf(repeated, 'message')} came twice${numbers(repeatedRanges)}`;
  switch (verdict) {
    case 'exact':
      return `No message was lost and none came twice: ${sequence} went on without a gap.`;
    case 'repeated':
      return `${twice}; none was lost.`;
    case 'lost': {
      const never = `${formatCountOf(lost, 'message')} never came${numbers(lostRanges)}`;
      return repeated > 0 ? `${never}; ${twice}.` : `${never}.`;
    }
    case 'unknown':
      return `Whether messages were lost cannot be known: ${why.join('; ')}.`;
  }
}

const BEGAN: Record<EndedBy, string> = {
  page: 'the page',
  server: 'the server',
  network: 'the network, or a server that broke off',
  navigation: 'a navigation',
  unknown: 'nobody is told who',
};

/** Who began the end. */
export function whoBegan({ endedBy, isIntended, isDrilled }: Outage): string {
  if (isDrilled === true) return 'Wirescope, in a drill';
  return isIntended ? BEGAN.page : BEGAN[endedBy];
}

/** What came of an outage, in a sentence: `It was back after 1.2 s, with 2 tries.` */
export function describeReturn(outage: Outage): string {
  const { attempts, downtime } = outage;
  const tries = triesOf(attempts.length);
  const outcome = outcomeOf(outage);
  if (outcome === 'given-up') {
    return attempts.length === 0
      ? 'Nobody tried again.'
      : `It never came back: ${tries}, and then nobody tried again.`;
  }
  if (outcome === 'lasting') {
    return attempts.length === 0
      ? `It is down for ${formatSpan(downtime)}; nobody has tried again yet.`
      : `It is down for ${formatSpan(downtime)}, after ${tries}.`;
  }
  const how = attempts.length === 1 ? 'the first try' : tries;
  return `It was back after ${formatSpan(downtime)}, with ${how}.`;
}

/** Tries that came to nothing for the same reason, told once. */
export interface FailureGroup {
  failure: string;
  /** The numbers of the tries, from 1. */
  tries: number[];
}

export function groupFailures({ attempts }: Pick<Outage, 'attempts'>): FailureGroup[] {
  const groups = new Map<string, number[]>();
  for (const { failure, number } of attempts) {
    if (failure !== undefined) groups.set(failure, [...(groups.get(failure) ?? []), number]);
  }
  return [...groups].map(([failure, tries]) => ({ failure, tries }));
}

/** `Tries 1–3, 5: it never opened.` */
export function describeFailures({ failure, tries }: FailureGroup): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of tries) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return `${tries.length === 1 ? 'Try' : 'Tries'} ${rangesInWords(ranges)}: ${failure}.`;
}

const triesOf = (count: number): string => (count === 1 ? '1 try' : `${formatCount(count)} tries`);

/** How often a channel came back, and what that cost. */
export interface OutageSum {
  reconnects: number;
  lost: number;
  repeated: number;
  /** Outages after which nothing tells whether messages are missing. */
  unknown: number;
}

export function sumOutages(outages: readonly Outage[]): OutageSum {
  const sum: OutageSum = { reconnects: 0, lost: 0, repeated: 0, unknown: 0 };
  for (const { end, resume } of outages) {
    if (end === undefined) continue;
    sum.reconnects += 1;
    sum.lost += resume.lost;
    sum.repeated += resume.repeated;
    if (resume.verdict === 'unknown') sum.unknown += 1;
  }
  return sum;
}
