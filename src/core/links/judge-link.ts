import type { Connection } from '../channel.ts';
import { formatSpan } from '../format.ts';
import type { Link } from '../facts.ts';
import type { Milliseconds } from '../units.ts';
import { type CallSite, shortSite } from './call-site.ts';

/** A connection as the linker knows it. */
export interface Linkable {
  readonly connection: Connection;
  /** Of the first of its chain: a browser that reconnects by itself has none. */
  readonly site: CallSite | undefined;
  /** The endpoint, in words. */
  readonly stable: string;
  /** What in the URL looks random. */
  readonly random: string;
}

/** How well a connection goes on from one that was lost. */
export interface Judgement {
  /** Higher fits better. */
  fit: number;
  isUncertain: boolean;
  evidence: string[];
}

/** A page that closed what worked and comes back later than this began something new. */
const PAGE_PAUSE: Milliseconds = 60_000;
/** Another part of the page that connects later than this does so on its own account. */
const OTHER_SITE_PAUSE: Milliseconds = 30_000;
/** A body that ended as bodies do, and is asked for again later than this, is another request. */
const WHOLE_BODY_PAUSE: Milliseconds = 10_000;

/**
 * When the page knew that a connection was over: it was told, or had called `close()`.
 * With its document it goes without an heir.
 */
export function downAt({ closingAt, endedAt, endedBy }: Connection): Milliseconds | undefined {
  if (closingAt !== undefined) return Math.min(closingAt, endedAt ?? closingAt);
  return endedBy === 'navigation' ? undefined : endedAt;
}

/** @returns `undefined` where the later connection is no reconnect of the earlier one */
export function judgeLink(before: Linkable, next: Linkable): Judgement | undefined {
  const down = downAt(before.connection);
  if (down === undefined || down > next.connection.createdAt) return undefined;
  const gap = next.connection.createdAt - down;
  const { openedAt, closingAt, endedBy } = before.connection;
  const isPageClose = openedAt !== undefined && (closingAt !== undefined || endedBy === 'page');
  const isOtherSite = siteRelation(before.site, next.site) === 'other';
  const isSameRandom = before.random === next.random;
  if (isPageClose && (gap > PAGE_PAUSE || isOtherSite || !isSameRandom)) return undefined;
  if (isOtherSite && (gap > OTHER_SITE_PAUSE || !isSameRandom)) return undefined;
  if (isFinishedBody(before.connection, next.connection, gap)) return undefined;
  const isSameUrl = before.connection.url === next.connection.url;
  const isSameSite = siteRelation(before.site, next.site) === 'same';
  return {
    fit: (isSameUrl ? 1 : 0) + (isSameSite ? 2 : 0) + (isPageClose ? 0 : 4),
    isUncertain: isOtherSite || (!isSameRandom && !isSameSite),
    evidence: [
      `the same endpoint, ${before.stable}${isSameUrl ? '' : ': only tokens, sessions or times differ'}`,
      ...siteWords(before.site, next.site),
      ...subprotocolWords(next.connection),
      `made ${formatSpan(gap)} after the one before ${endWords(before.connection, isPageClose)}`,
    ],
  };
}

/** What the fits of several candidates amount to. */
export function toLink({ evidence, isUncertain }: Judgement, others: number): Link {
  const words =
    others === 0
      ? evidence
      : [
          ...evidence,
          `${others + 1} connections like it were lost; paired with the one that fits best, else waited longest`,
        ];
  return {
    basis: 'inferred',
    evidence: words,
    ...((isUncertain || others > 0) && { isUncertain: true as const }),
  };
}

type SiteRelation = 'same' | 'same-function' | 'other' | 'unknown';

function siteRelation(a: CallSite | undefined, b: CallSite | undefined): SiteRelation {
  if (a === undefined || b === undefined) return 'unknown';
  if (a.place === b.place) return 'same';
  return a.name !== '' && a.name === b.name ? 'same-function' : 'other';
}

function siteWords(a: CallSite | undefined, b: CallSite | undefined): string[] {
  if (a === undefined || b === undefined) return [];
  switch (siteRelation(a, b)) {
    case 'same':
      return [`the same call site, ${shortSite(b)}`];
    case 'same-function':
      return [`the same function, ${shortSite(b)}`];
    case 'other':
    case 'unknown':
      return [`but another call site: ${shortSite(b)} after ${shortSite(a)}`];
  }
}

function subprotocolWords({ requestedSubprotocols }: Connection): string[] {
  if (requestedSubprotocols.length === 0) return [];
  return [`the same subprotocols, ${requestedSubprotocols.join(', ')}`];
}

function endWords({ openedAt, closeCode, endedBy }: Connection, isPageClose: boolean): string {
  if (isPageClose) return 'was closed by the page itself';
  if (openedAt === undefined) return 'had failed';
  const code = closeCode === undefined ? '' : ` (${closeCode})`;
  return endedBy === 'server' ? `was ended by the server${code}` : `was lost${code}`;
}

const SAFE_METHOD = /^(?:GET|HEAD)$/iu;

/** Answers that came to their end are no broken streams, and the next question is another one. */
function isFinishedBody(before: Connection, next: Connection, gap: Milliseconds): boolean {
  if (before.transport !== 'fetch-stream' && before.transport !== 'xhr-stream') return false;
  if (before.endedBy !== 'server' || before.openedAt === undefined) return false;
  const header = (wanted: string) => (pair: readonly [string, string]) =>
    pair[0].toLowerCase() === wanted;
  if (next.requestHeaders?.some(header('last-event-id')) === true) return false;
  if (!SAFE_METHOD.test(next.method ?? 'GET')) return true;
  const [, type = ''] = before.responseHeaders?.find(header('content-type')) ?? [];
  return !type.toLowerCase().startsWith('text/event-stream') && gap > WHOLE_BODY_PAUSE;
}
