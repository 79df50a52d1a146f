import type { EpochMilliseconds, Milliseconds } from '../../src/core/units.ts';
import type { Refusal, WireConnection, WireLog } from '../third-party/wire/wire-log.ts';
import { acceptPolicy } from './accept-policy.ts';
import type { Entry } from './entry.ts';
import { resumeTruth } from './resume-truth.ts';
import type { ChannelTruth, ConnectionTruth, OutageTruth, Truth } from './truth.ts';

/** When and how the recorder ended the connections. */
export interface FailureLog {
  readonly at: EpochMilliseconds;
  readonly cause: OutageTruth['cause'];
  readonly closeCode?: number;
}

/** What the server knows of one recording. */
export interface ServerStory {
  readonly log: WireLog;
  readonly failures: readonly FailureLog[];
  /** The page's time origin, from the page. */
  readonly timeOrigin: EpochMilliseconds;
}

/** A try as the server saw it. */
export interface SeenTry {
  readonly at: EpochMilliseconds;
  readonly target: string;
  readonly refusal: Refusal | undefined;
  readonly connection: WireConnection | undefined;
  readonly job: string;
}

const TOLERANCE: Milliseconds = 100;
const FIRST_TURN = 'main';

export function tellTruth(entry: Entry, story: ServerStory, version: string | undefined): Truth {
  const tries = seeTries(entry, story.log);
  const { name, library, transport, setting, failure, cannotTell } = entry;
  const jobs = [...new Set(tries.map(({ job }) => job))];
  return {
    name,
    library,
    ...(version !== undefined && { version }),
    transport,
    setting,
    failure,
    toleranceMs: TOLERANCE,
    connections: tries.map((one) => tellConnection(one, story)),
    channels: jobs.map((job) => tellChannel(entry, story, tries, job)),
    ...(cannotTell?.links !== undefined && { linksUndecidable: cannotTell.links }),
  };
}

/** Requests beside the transport are none of its tries. */
function seeTries({ transport, jobOf }: Entry, { connections, refusals }: WireLog): SeenTry[] {
  const kind = transport === 'websocket' ? 'websocket' : 'event-stream';
  const see = (
    at: EpochMilliseconds,
    target: string,
    about: Partial<Pick<SeenTry, 'connection' | 'refusal'>>,
  ): SeenTry => {
    const [sent] = (about.connection?.messages ?? []).filter((one) => one.direction === 'sent');
    const firstSent = String(sent?.payload ?? '');
    const job = jobOf?.({ target, firstSent }) ?? FIRST_TURN;
    return { connection: undefined, refusal: undefined, ...about, at, target, job };
  };
  return [
    ...connections
      .filter((one) => one.kind === kind)
      .map((connection) => see(connection.beganAt, connection.target, { connection })),
    ...refusals
      .filter((one) => one.kind === kind)
      .map((refusal) => see(refusal.at, refusal.target, { refusal })),
  ].sort((left, right) => left.at - right.at);
}

function tellConnection(
  { at, target, refusal, connection }: SeenTry,
  { timeOrigin, failures }: ServerStory,
): ConnectionTruth {
  const endedAt = connection?.endedAt;
  const closing = failures.find(
    (one) => connection !== undefined && connection.beganAt < one.at && (endedAt ?? 0) >= one.at,
  );
  return {
    target,
    at: rounded(at - timeOrigin),
    ...(refusal !== undefined && { refused: refusal.how }),
    ...(endedAt !== undefined && { endedAt: rounded(endedAt - timeOrigin) }),
    ...(closing?.closeCode !== undefined && { serverCloseCode: closing.closeCode }),
  };
}

function tellChannel(
  entry: Entry,
  story: ServerStory,
  tries: readonly SeenTry[],
  job: string,
): ChannelTruth {
  const own = tries.filter((one) => one.job === job);
  const outages = entry.isDeliberate === true ? [] : tellOutages(entry, story, own);
  const gaveUp = outages.some(({ end }) => end === null);
  const { cannotTell, heartbeat } = entry;
  const policy = acceptPolicy(
    entry.policy,
    outages.map(({ delaysMs }) => delaysMs.length),
    gaveUp && entry.policy.kind !== 'none',
  );
  return {
    connections: own.map((one) => tries.indexOf(one)),
    policy: cannotTell?.policy === undefined ? policy : { ...policy, why: cannotTell.policy },
    outages,
    heartbeat,
    ...(cannotTell?.heartbeat !== undefined && { heartbeatUndecidable: cannotTell.heartbeat }),
  };
}

function tellOutages(
  { cannotTell }: Entry,
  { failures, timeOrigin }: ServerStory,
  own: readonly SeenTry[],
): OutageTruth[] {
  return failures.flatMap(({ at, cause }) => {
    const before = own.findLast((one) => one.connection !== undefined && one.at < at);
    if (before?.connection === undefined) return [];
    const later = own.slice(own.indexOf(before) + 1);
    const again = later.findIndex(({ connection }) => connection !== undefined);
    const after = later[again];
    const refused = again === -1 ? later : later.slice(0, again);
    // The page notices a silence when it likes, and shows it by its next try at the latest.
    const firstTry = later[0]?.at ?? Infinity;
    const endedAt = before.connection.endedAt ?? Infinity;
    const noticed = cause === 'silence' ? Math.max(at, Math.min(endedAt, firstTry)) : at;
    const ends = [noticed, ...refused.map((one) => one.at)];
    const starts = [...refused, ...(after === undefined ? [] : [after])].map((one) => one.at);
    const resume = resumeTruth(own, before, after, at);
    return [
      {
        start: [rounded(at - timeOrigin), rounded(Math.max(noticed, at) - timeOrigin)],
        end: after === undefined ? null : rounded(after.at - timeOrigin),
        cause,
        refused: refused.length,
        delaysMs: starts.map((start, index) => rounded(start - (ends[index] ?? start))),
        resume: cannotTell?.resume === undefined ? resume : { ...resume, why: cannotTell.resume },
      },
    ];
  });
}

function rounded(time: Milliseconds): Milliseconds {
  return Math.round(time * 10) / 10;
}
