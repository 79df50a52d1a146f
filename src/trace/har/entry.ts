import type { Channel, Connection } from '../../core/channel.ts';
import { describeClose } from '../../core/describe-close.ts';
import type { Transport } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { JsonRecord } from '../fields.ts';
import { toIsoTime } from '../iso-time.ts';
import { factToRecord } from '../wirescope/fact-to-record.ts';
import type { PlacedLifeFact } from './connection-parts.ts';
import type { HarEntry, HarResponse, HarTimings } from './har-format.ts';

export const PAGE_ID = 'page_1';
/** The page cannot tell which HTTP carried the handshake. */
const HTTP_VERSION = 'unknown';

const ANSWERS: Partial<
  Record<Transport, { status: number; statusText: string; mimeType: string }>
> = {
  websocket: { status: 101, statusText: 'Switching Protocols', mimeType: 'x-unknown' },
  eventsource: { status: 200, statusText: 'OK', mimeType: 'text/event-stream' },
};

/** The entry of one connection, without its messages. */
export function toEntry(
  session: Session,
  channel: Channel,
  connection: Connection,
  life: readonly PlacedLifeFact[],
): HarEntry {
  const timings = toTimings(connection, session.lastAt);
  return {
    pageref: PAGE_ID,
    startedDateTime: toIsoTime(Math.floor(session.header.startedAt + connection.createdAt)),
    time: Math.max(timings.blocked, 0) + timings.wait + timings.receive,
    request: {
      method: 'GET',
      url: connection.url,
      httpVersion: HTTP_VERSION,
      headers: [],
      queryString: queryOf(connection.url),
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: toResponse(channel, connection),
    cache: {},
    timings,
    _initiator: { type: connection.initiator === undefined ? 'other' : 'script' },
    _resourceType: channel.transport,
    _wirescope: connectionExtras(channel, connection, life),
  };
}

function toResponse({ transport }: Channel, connection: Connection): HarResponse {
  const opened = connection.openedAt !== undefined;
  const { status, statusText, mimeType } = ANSWERS[transport] ?? {
    status: 200,
    statusText: 'OK',
    mimeType: 'x-unknown',
  };
  return {
    status: opened ? status : 0,
    statusText: opened ? statusText : '',
    httpVersion: HTTP_VERSION,
    headers: [],
    cookies: [],
    content: { size: connection.tally.received.bytes, mimeType: opened ? mimeType : 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 0,
    _error: connection.state === 'failed' ? describeClose(connection) : null,
  };
}

/** What the page can tell of the timings: how long it waited for the handshake, and lived after it. */
function toTimings(connection: Connection, lastAt: Milliseconds): HarTimings {
  const { createdAt, openedAt, endedAt = lastAt } = connection;
  const span = Math.max(endedAt - createdAt, 0);
  const wait = openedAt === undefined ? 0 : Math.min(Math.max(openedAt - createdAt, 0), span);
  return {
    blocked: openedAt === undefined ? span : -1,
    dns: -1,
    ssl: -1,
    connect: -1,
    send: 0,
    wait,
    receive: openedAt === undefined ? 0 : span - wait,
    _blocked_queueing: -1,
  };
}

function queryOf(url: string): { name: string; value: string }[] {
  const [, query = ''] = /\?([^#]*)/u.exec(url) ?? [];
  return Array.from(new URLSearchParams(query), ([name, value]) => ({ name, value }));
}

/**
 * What HAR has no words for. The first fields are for readers; `facts` is what our own import reads:
 * the connection's life, each fact with the number of messages that came `after` which it happened.
 */
function connectionExtras(
  channel: Channel,
  connection: Connection,
  life: readonly PlacedLifeFact[],
): JsonRecord {
  const { state, closeCode, closeReason, wasClean, endedBy, errors } = connection;
  const { subprotocol, extensions, link } = connection;
  return {
    channel: `c${channel.id}`,
    connection: `k${connection.id}`,
    endpoint: channel.endpoint,
    frame: connection.frame,
    source: connection.source,
    state,
    closeCode,
    closeReason,
    wasClean,
    endedBy,
    errors,
    subprotocol,
    extensions,
    link,
    facts: life.map(({ fact, after }) => ({ ...factToRecord(fact), after })),
  };
}
