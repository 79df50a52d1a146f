import type { Connection } from '../channel.ts';
import type { Headers, MessageFact } from '../facts.ts';
import { formatCountOf } from '../format.ts';
import type { MessageStore } from '../message-store.ts';
import { EVENT_IDS, findSequence } from './find-sequence.ts';
import type { Heard } from './heard.ts';
import type { Resume, ResumeVerdict, SequenceRange } from './outage-types.ts';
import { countIn } from './sequence.ts';
import { sessionResumed } from './session-resumed.ts';

/** So many messages on each side of an outage are compared, and no more. */
export const COMPARED = 300;
/** Of the connections before the lost one, as many as it takes to have so many messages. */
const ENOUGH_BEFORE = 12;
const MOST_BEFORE = 4;
const MOST_RANGES = 20;

export interface ResumeInput {
  messages: MessageStore;
  /** What was heard on the connections up to the lost one, which is the last. */
  before: readonly Heard[];
  /** What was heard on the one that brought the channel back. */
  after: Heard | undefined;
}

/** How the messages went on after an outage; it reads a bounded number of them. */
export function learnResume({ messages, before, after }: ResumeInput): Resume {
  const lost = before.at(-1);
  if (after === undefined || lost === undefined) return unknown(['it has not come back']);
  const lists = messagesBefore(messages, before);
  const received = firstReceived(messages, after);
  const ids = eventIdFacts(lists, received, after.connection);
  const isSessionResumed = sessionResumed(messages, after);
  const session = isSessionResumed === undefined ? {} : { isSessionResumed };
  const found = findSequence(lists, received);
  if (found === undefined) {
    const why =
      received.length === 0 ? 'nothing has come since' : 'no field of the messages counts them';
    return { ...unknown([why]), ...ids, ...session };
  }
  if (found.outcomes.length === 0) {
    return {
      ...unknown([`${found.name} counts messages, but not on both sides of the outage`]),
      ...ids,
      ...session,
    };
  }
  if (found.outcomes.every(({ isPerConnection }) => isPerConnection)) {
    return { ...unknown([`${found.name} begins anew on each connection`]), ...ids, ...session };
  }
  const sequence = { sequence: found.name };
  const lostRanges = found.outcomes.flatMap((outcome) => outcome.lost);
  const repeatedRanges = found.outcomes.flatMap((outcome) => outcome.repeated);
  const ours = ownGap(lost.connection, after.connection, [...lists.flat(), ...received]);
  if (lostRanges.length > 0 && ours !== undefined) {
    return { ...unknown([ours]), ...ids, ...session, ...sequence };
  }
  const counts = { lost: countIn(lostRanges), repeated: countIn(repeatedRanges) };
  const verdict: ResumeVerdict =
    counts.lost > 0 ? 'lost' : counts.repeated > 0 ? 'repeated' : 'exact';
  return {
    verdict,
    ...counts,
    reordered: found.outcomes.reduce((sum, { reordered }) => sum + reordered, 0),
    lostRanges: lostRanges.slice(0, MOST_RANGES),
    repeatedRanges: repeatedRanges.slice(0, MOST_RANGES),
    ...sequence,
    ...ids,
    ...(ids.lastEventIdSent !== undefined &&
      found.name === EVENT_IDS && { isLastEventIdHonoured: verdict === 'exact' }),
    ...session,
    why: words(found.name, verdict, lostRanges, repeatedRanges),
  };
}

function unknown(why: string[]): Resume {
  const none = { lost: 0, repeated: 0, reordered: 0, lostRanges: [], repeatedRanges: [] };
  return { verdict: 'unknown', ...none, why };
}

function messagesBefore(messages: MessageStore, before: readonly Heard[]): MessageFact[][] {
  const lists: MessageFact[][] = [];
  let count = 0;
  for (const { rows } of before.slice(-MOST_BEFORE).reverse()) {
    const list: MessageFact[] = [];
    for (let index = rows.length - 1; index >= 0 && list.length < COMPARED; index -= 1) {
      const message = messages.read(rows.get(index));
      if (message.direction === 'received') list.push(message);
    }
    lists.unshift(list.reverse());
    count += list.length;
    if (count >= ENOUGH_BEFORE) break;
  }
  return lists;
}

function firstReceived(messages: MessageStore, { rows }: Heard): MessageFact[] {
  const list: MessageFact[] = [];
  const most = Math.min(rows.length, 2 * COMPARED);
  for (let index = 0; index < most && list.length < COMPARED; index += 1) {
    const message = messages.read(rows.get(index));
    if (message.direction === 'received') list.push(message);
  }
  return list;
}

/** A gap that our own limits may have made is none of the server's. */
function ownGap(
  lost: Connection,
  next: Connection,
  compared: readonly MessageFact[],
): string | undefined {
  const dropped = lost.dropped.received.messages + next.dropped.received.messages;
  if (dropped > 0) {
    return `numbers are missing, but ${formatCountOf(dropped, 'message')} of these connections were dropped by our own limits`;
  }
  const unread = compared.filter(({ payloadState }) => payloadState !== 'whole').length;
  return unread > 0
    ? `numbers are missing, but ${formatCountOf(unread, 'payload')} around the outage could not be read`
    : undefined;
}

function eventIdFacts(
  before: readonly (readonly MessageFact[])[],
  received: readonly MessageFact[],
  next: Connection,
): Pick<Resume, 'lastEventIdSent' | 'isLastEventIdHonoured'> {
  const last = before.flat().findLast(({ lastEventId = '' }) => lastEventId !== '')?.lastEventId;
  const told = headerOf(next.handshake?.requestHeaders) ?? headerOf(next.requestHeaders);
  // HTML: a browser that reconnects an EventSource sends the last event ID that is not empty.
  const sent =
    told ??
    (next.link?.basis === 'observed' && next.transport === 'eventsource' ? last : undefined);
  if (sent === undefined) return {};
  const first = received.find(({ lastEventId = '' }) => lastEventId !== '' && lastEventId !== sent);
  if (first?.lastEventId === undefined || !/^\d+$/u.test(sent + first.lastEventId)) {
    return { lastEventIdSent: sent };
  }
  const isHonoured = Number(first.lastEventId) === Number(sent) + 1;
  return { lastEventIdSent: sent, isLastEventIdHonoured: isHonoured };
}

function headerOf(headers: Headers | undefined): string | undefined {
  return headers?.find(([name]) => name.toLowerCase() === 'last-event-id')?.[1];
}

function words(
  name: string,
  verdict: ResumeVerdict,
  lost: readonly SequenceRange[],
  repeated: readonly SequenceRange[],
): string[] {
  const told: string[] = [];
  if (lost.length > 0) told.push(`${name} ${rangesInWords(lost)} never came`);
  if (repeated.length > 0) told.push(`${name} ${rangesInWords(repeated)} came twice`);
  if (verdict === 'exact') told.push(`${name} went on without a gap`);
  return told;
}

const SHOWN_RANGES = 4;

/** `812–815, 820`; of many the first. */
export function rangesInWords(ranges: readonly SequenceRange[]): string {
  const shown = ranges
    .slice(0, SHOWN_RANGES)
    .map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
    .join(', ');
  return ranges.length > SHOWN_RANGES ? `${shown} …` : shown;
}
