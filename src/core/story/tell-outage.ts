import type { Connection } from '../channel.ts';
import { downAt } from '../links/judge-link.ts';
import { isRequest } from '../http/request-transport.ts';
import type { Milliseconds } from '../units.ts';
import { attemptsOf, type FrameTimes } from './attempts.ts';
import { median } from './beats.ts';
import { describeCause } from './cause.ts';
import type { Heard } from './heard.ts';
import { isBack, type OutageSpan } from './outage-fold.ts';
import type { Outage, Resume } from './outage-types.ts';

/** A page that closes what has been silent for so many usual intervals does so because of that. */
const SILENT = 1.5;
/** The browser may tell that it is offline only after its connections broke. */
const OFFLINE_TOLD: Milliseconds = 2_000;
const NORMAL_CLOSE = new Set([1000, 1001, 1005]);

const isPageClose = ({ closingAt, endedBy }: Connection): boolean =>
  closingAt !== undefined || endedBy === 'page';

/** How long before its end a connection had last heard from the server. */
export function silenceOf(lost: Connection, heard: Heard | undefined): Milliseconds | undefined {
  const since = heard?.lastReceivedAt ?? lost.openedAt;
  const end = downAt(lost);
  return since === undefined || end === undefined ? undefined : Math.max(0, end - since);
}

/**
 * Whether a span in which a channel was not open is an outage. What the page closed while all was well, what the server
 * closed normally or a response that came to its end is none, unless somebody had to try for it.
 */
export function isOutage({ lost, tries, end }: OutageSpan, heard: Heard | undefined): boolean {
  if (isPageClose(lost)) {
    if (tries.length === 0) return false;
    const isBackAtFirst = tries.length === 1 && end !== undefined;
    return !isBackAtFirst || isForced(lost, heard);
  }
  if (tries.length > 0) return true;
  if (lost.endedBy !== 'server') return true;
  return !isRequest(lost.transport) && !NORMAL_CLOSE.has(lost.closeCode ?? 1000);
}

/** Whether the page closed because the connection was dead, rather than because it was done with it. */
function isForced(lost: Connection, heard: Heard | undefined): boolean {
  if (lost.wasClean === false) return true;
  const silence = silenceOf(lost, heard) ?? 0;
  const beats = [...(heard?.beats.values() ?? [])].flatMap(({ intervals }) => intervals);
  return beats.length > 0 && silence > SILENT * median(beats);
}

export interface OutageContext {
  heardOf: (connection: Connection) => Heard | undefined;
  frameOf: (connection: Connection) => FrameTimes | undefined;
  resume: Resume;
  /** Where what is open or lasts has come to. */
  now: Milliseconds;
  isGivenUp: boolean;
}

export function tellOutage(
  span: OutageSpan,
  { heardOf, frameOf, resume, now, isGivenUp }: OutageContext,
): Outage {
  const { lost, start, tries, end } = span;
  const back = tries.at(-1);
  const after = end === undefined || back === undefined ? undefined : heardOf(back);
  const silence = silenceOf(lost, heardOf(lost));
  const first = after?.firstReceivedAt;
  const over = end ?? endWithDocument(tries.at(-1) ?? lost) ?? now;
  return {
    connection: lost.id,
    start,
    ...(end !== undefined && { end }),
    downtime: Math.max(0, over - start),
    isGivenUp,
    endedBy: lost.endedBy ?? (isPageClose(lost) ? 'page' : 'unknown'),
    isIntended: isPageClose(lost),
    ...(lost.drilled !== undefined && { isDrilled: true as const }),
    ...(lost.closeCode !== undefined && { closeCode: lost.closeCode }),
    cause: causeOf(span, silence, frameOf(lost)),
    ...(silence !== undefined && { silence }),
    attempts: attemptsOf(span, frameOf(lost)),
    ...(first !== undefined &&
      end !== undefined && { firstMessageAfter: Math.max(0, first - end) }),
    sentAfter: after?.sentEarly ?? 0,
    resume,
  };
}

/** What a page did itself is no fault of the network. */
function causeOf(
  { lost, tries: [next], start }: OutageSpan,
  silence: Milliseconds | undefined,
  frame: FrameTimes | undefined,
): string {
  const cause = describeCause(lost, next, silence);
  if (frame === undefined || isPageClose(lost)) return cause;
  const until = Math.min(start + OFFLINE_TOLD, next?.createdAt ?? Infinity);
  const isOffline = frame.offline.some(({ from, to = Infinity }) => from <= until && to >= start);
  return isOffline ? `The browser was offline. ${cause}` : cause;
}

/** The last try went with its document: nobody waits any longer. */
function endWithDocument({ endedBy, endedAt }: Connection): Milliseconds | undefined {
  return endedBy === 'navigation' ? endedAt : undefined;
}

/** Whether nobody is trying any more, and since when. */
export function stoppedSince({ lost, tries, end }: OutageSpan): Milliseconds | undefined {
  const last = tries.at(-1) ?? lost;
  if (end !== undefined || last.endedBy === 'navigation' || isBack(last) !== (last === lost)) {
    return undefined;
  }
  return last.endedAt;
}
