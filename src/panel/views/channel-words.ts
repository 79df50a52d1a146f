import { type Channel, type Connection, isErrorStatus, isFailedTry } from '../../core/channel.ts';
import { describeClose } from '../../core/describe-close.ts';
import type { FrameKind } from '../../core/facts.ts';
import { formatCount, formatCountOf, formatSpan } from '../../core/format.ts';
import { describeRequest } from '../../core/http/describe-request.ts';
import { pollRhythm } from '../../core/http/poll-rhythm.ts';
import { isRequest } from '../../core/http/request-transport.ts';
import { isAbnormalEnd } from '../../core/lane.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A word or two, and what a title says of them. */
export interface Word {
  text: string;
  title: string;
  isBroken?: boolean;
}

/** How a connection stands or ended, in a sentence. */
export function describeConnection(connection: Connection): string {
  return isRequest(connection.transport) ? describeRequest(connection) : describeClose(connection);
}

/** How a connection stands, in one word: the status where the server answered with an error. */
export function connectionWord(connection: Connection): Word {
  const { state, status, endedBy, transport, endedAt } = connection;
  const title = describeConnection(connection);
  const isBroken = endedAt !== undefined && isAbnormalEnd(connection);
  if (isErrorStatus(status) && isFailedTry(connection)) {
    return { text: `${status}`, title, isBroken: true };
  }
  if (state === 'closed' && isRequest(transport)) {
    const text = endedBy === 'page' ? 'aborted' : endedBy === 'network' ? 'broke off' : 'ended';
    return { text, title, isBroken };
  }
  return { text: state, title, isBroken: isBroken || (state === 'failed' && endedBy !== 'page') };
}

/** How a channel stands: its last connection, or of polling the rhythm. */
export function channelWord(channel: Channel, now: Milliseconds): Word {
  const last = channel.connections.at(-1);
  if (channel.transport !== 'polling') {
    return last === undefined ? { text: 'connecting', title: '' } : connectionWord(last);
  }
  const rhythm = pollRhythm(channel, now);
  if (rhythm === undefined) return { text: 'polling', title: 'Requests that belong together' };
  const { kind, every, lasts, isOver } = rhythm;
  const told =
    kind === 'held-open'
      ? `Long polling: the server held requests open for ${formatSpan(lasts)}, and the next began at once`
      : kind === 'regular'
        ? `The page asked every ${formatSpan(every)}`
        : `The page asked again and again, about every ${formatSpan(every)}`;
  const title = `${told} (median of its latest requests)`;
  if (isOver) return { text: 'stopped', title: `${title}. No request has come for a while.` };
  if (kind === 'held-open') return { text: 'long polling', title };
  return { text: kind === 'regular' ? `every ${formatSpan(every)}` : 'polling', title };
}

/** How often a channel tried. */
export function triesWord({ transport, connections }: Channel): Word | undefined {
  if (transport === 'polling') {
    return {
      text: formatCountOf(connections.length, 'request'),
      title: 'Requests that were taken together, by inference',
    };
  }
  const again = connections.length - 1;
  if (again === 0) return undefined;
  return { text: formatCountOf(again, 'reconnect'), title: 'How often it was connected again' };
}

/** What failed, with the status of the last answer where that was an error. */
export function failuresWord({ failedTries, connections }: Channel): Word | undefined {
  // What the channel's state says already is not said twice.
  if (failedTries === 0 || connections.length === 1) return undefined;
  const status = connections.at(-1)?.status;
  const last = isErrorStatus(status) ? ` (${status})` : '';
  return {
    text: `${formatCount(failedTries)} failed${last}`,
    title: 'Tries that got no answer, or an error; where the last answer was an error, its status',
  };
}

const PLACES: Record<FrameKind, string | undefined> = {
  top: undefined,
  iframe: 'in a frame',
  popup: 'in a popup',
  worker: 'in a worker',
  'shared-worker': 'in a shared worker',
  'service-worker': 'in a service worker',
};

/** Where the code runs that made it, unless that is the page itself. */
export function placeWord(kind: FrameKind, url: string): Word | undefined {
  const text = PLACES[kind];
  if (text === undefined) return undefined;
  const told = kind === 'worker' ? ' It is told by DevTools’ network log.' : '';
  return { text, title: `${url}${told}`.trim() };
}
