import type { Report } from '../../src/core/report.ts';
import type { SequenceRange } from '../../src/core/story/outage-types.ts';
import { matchConnections, type Placed } from './match-connections.ts';
import { readTold, type Told, type ToldOutage } from './told.ts';
import type { ChannelTruth, HeartbeatTruth, OutageTruth, PolicyTruth, Truth } from './truth.ts';

/** What is asked of the report, one by one. */
export const QUESTIONS = [
  'links',
  'policy',
  'numbers',
  'jitter',
  'give-up',
  'outages',
  'downtime',
  'resume',
  'heartbeat',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** What the report got wrong, by question; an empty list is a right answer, an absent one was not asked. */
export type Judgement = Partial<Record<Question, string[]>>;

/** How far an interval may be off, as a share: timers are late on a busy machine, never early. */
const INTERVAL_SLACK = 0.15;

/** Holds a report against the truth, channel by channel. */
export function judgeReport(truth: Truth, report: Report): Judgement {
  const placed = matchConnections(truth, report);
  const judgement: Judgement = {};
  const note = (question: Question, wrong: readonly string[] | undefined) => {
    if (wrong !== undefined) judgement[question] = [...(judgement[question] ?? []), ...wrong];
  };
  const isLinked = truth.linksUndecidable === undefined;
  if (isLinked) note('links', judgeLinks(truth, placed));
  for (const channel of truth.channels) {
    const place = placed[channel.connections[0] ?? -1];
    const told = readTold(place?.channel);
    note('heartbeat', judgeHeartbeat(channel, told));
    if (!isLinked) continue;
    note('policy', judgeKind(channel.policy, told));
    note('numbers', judgeNumbers(channel.policy, told));
    note('jitter', judgeJitter(channel.policy, told));
    note('give-up', judgeGiveUp(channel, told));
    note('outages', judgeOutages(truth, channel, told));
    note('downtime', judgeDowntime(truth, channel, told));
    note('resume', judgeResume(channel, told));
  }
  return judgement;
}

function judgeLinks({ channels, connections }: Truth, placed: readonly (Placed | undefined)[]) {
  const wrong = connections.flatMap(({ target, at }, index) =>
    placed[index] === undefined ? [`${target} at ${at} is missing`] : [],
  );
  const homes = channels.map(
    (channel) => new Set(channel.connections.map((index) => placed[index]?.channel.id ?? '')),
  );
  for (const home of homes) if (home.size > 1) wrong.push(`apart: ${[...home].join(', ')}`);
  const ids = homes.flatMap((home) => [...home]);
  if (new Set(ids).size < ids.length) wrong.push(`together: ${ids.join(', ')}`);
  return wrong;
}

function judgeKind({ kinds }: PolicyTruth, told: Told): string[] {
  const policy: string = told.policy ?? 'nothing';
  return (kinds as readonly string[]).includes(policy)
    ? []
    : [`${policy}, not ${kinds.join(' or ')}`];
}

/** Numbers are asked of the settings' own kind; another one that is allowed has others. */
function judgeNumbers(truth: PolicyTruth, told: Told): string[] | undefined {
  if (told.policy !== undefined && told.policy !== truth.kinds[0]) return undefined;
  const asked = (['baseMs', 'factor', 'stepMs', 'capMs'] as const).flatMap((name) => {
    const range = truth[name];
    return range === undefined ? [] : [{ name, range }];
  });
  if (asked.length === 0) return undefined;
  return asked.flatMap(({ name, range: [least, most] }) => {
    const value = told[name] ?? (told.policy === 'immediate' ? 0 : NaN);
    return value >= least && value <= most ? [] : [`${name} ${value}, not ${least} to ${most}`];
  });
}

function judgeJitter({ jitters, kinds }: PolicyTruth, told: Told): string[] | undefined {
  if (jitters === undefined || (told.policy !== undefined && told.policy !== kinds[0])) {
    return undefined;
  }
  const { jitter = 'nothing' } = told;
  return (jitters as readonly string[]).includes(jitter)
    ? []
    : [`${jitter}, not ${jitters.join(' or ')}`];
}

function judgeGiveUp({ policy, outages }: ChannelTruth, told: Told): string[] | undefined {
  if (outages.length === 0) return undefined;
  if (told.policy === undefined) return ['nothing'];
  const { gaveUpAfter = 0 } = policy;
  const { givesUpAfter = 0 } = told;
  return givesUpAfter === gaveUpAfter ? [] : [`after ${givesUpAfter}, not ${gaveUpAfter}`];
}

function judgeOutages({ toleranceMs }: Truth, { outages }: ChannelTruth, told: Told): string[] {
  if (told.outages === undefined) return ['nothing'];
  if (told.outages.length !== outages.length) {
    return [`${told.outages.length}, not ${outages.length}`];
  }
  return outages.flatMap((truth, index) => {
    const { start = NaN, end } = told.outages?.[index] ?? {};
    const [earliest, latest] = truth.start;
    const isStart = start >= earliest - toleranceMs && start <= latest + toleranceMs;
    const isEnd =
      truth.end === null ? end === undefined : Math.abs((end ?? NaN) - truth.end) <= toleranceMs;
    return isStart && isEnd
      ? []
      : [`${start} to ${end ?? 'never'}, not ${truth.start.join('–')} to ${truth.end ?? 'never'}`];
  });
}

function judgeDowntime(
  { toleranceMs }: Truth,
  { outages }: ChannelTruth,
  told: Told,
): string[] | undefined {
  return eachEnded(outages, told, ({ end, start }, { downtimeMs }) => {
    const [least, most] = [(end ?? 0) - start[1], (end ?? 0) - start[0]];
    return downtimeMs >= least - toleranceMs && downtimeMs <= most + toleranceMs
      ? []
      : [`${downtimeMs}, not ${least} to ${most}`];
  });
}

function judgeResume({ outages }: ChannelTruth, told: Told): string[] | undefined {
  return eachEnded(outages, told, ({ resume: truth }, { resume }) => {
    if (truth.why !== undefined && resume.verdict === 'unknown') return [];
    const isRight =
      resume.verdict === truth.verdict &&
      isSame(resume.lostRanges, truth.lost) &&
      isSame(resume.repeatedRanges, truth.repeated);
    return isRight
      ? []
      : [
          `${resume.verdict} ${resume.lost}/${resume.repeated}, not ${truth.verdict} ${truth.lost.length}/${truth.repeated.length}`,
        ];
  });
}

/** Whether ranges name these numbers, all of them and no other. */
function isSame(ranges: readonly SequenceRange[], numbers: readonly number[]): boolean {
  const named = ranges.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  );
  return named.join() === numbers.join();
}

/** Each outage that came to an end, beside what is told of it. */
function eachEnded(
  outages: readonly OutageTruth[],
  told: Told,
  judge: (truth: OutageTruth, told: ToldOutage) => string[],
): string[] | undefined {
  if (outages.every(({ end }) => end === null)) return undefined;
  return outages.flatMap((truth, index) => {
    if (truth.end === null) return [];
    const outage = told.outages?.[index];
    return outage === undefined ? ['nothing'] : judge(truth, outage);
  });
}

function judgeHeartbeat({ heartbeat, heartbeatUndecidable }: ChannelTruth, told: Told): string[] {
  const seen = told.heartbeat;
  if (seen === undefined) return ['nothing'];
  if (seen === null) {
    return heartbeat === null || heartbeatUndecidable !== undefined ? [] : ['none'];
  }
  return heartbeat !== null && isSameBeat(heartbeat, seen)
    ? []
    : [`${JSON.stringify(seen)}, not ${JSON.stringify(heartbeat)}`];
}

function isSameBeat(
  { side, intervalMs, isAnswered }: HeartbeatTruth,
  seen: NonNullable<Told['heartbeat']>,
): boolean {
  if (Math.abs(seen.intervalMs - intervalMs) > intervalMs * INTERVAL_SLACK) return false;
  // Where both sides beat at one pace, either can be taken for the answer to the other.
  return side === 'both' || (seen.side === side && seen.isAnswered === isAnswered);
}
