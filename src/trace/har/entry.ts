import type { Channel, Connection } from '../../core/channel.ts';
import { describeClose } from '../../core/describe-close.ts';
import type { MessageFact, Transport } from '../../core/facts.ts';
import { contentTypeOf } from '../../core/http/connection-body.ts';
import type { Session } from '../../core/session.ts';
import type { JsonRecord } from '../fields.ts';
import { toIsoTime } from '../iso-time.ts';
import { factToRecord } from '../wirescope/fact-to-record.ts';
import type { PlacedLifeFact } from './connection-parts.ts';
import { toContent, toPostData } from './har-body.ts';
import type { HarEntry, HarResponse } from './har-format.ts';
import { toHarHeaders } from './har-headers.ts';
import { timeOf, toTimings } from './har-timings.ts';

export const PAGE_ID = 'page_1';
/** The page cannot tell which HTTP carried the handshake. */
const UNKNOWN_HTTP = 'unknown';
const UNKNOWN_TYPE = 'x-unknown';

/** What a success is where nobody told the status. */
const ANSWERS: Partial<Record<Transport, { status: number; mimeType: string }>> = {
  websocket: { status: 101, mimeType: UNKNOWN_TYPE },
  eventsource: { status: 200, mimeType: 'text/event-stream' },
};
/** HTTP/2 and 3 have no text for a status any more. */
const STATUS_TEXTS: Record<number, string> = { 101: 'Switching Protocols', 200: 'OK' };

/** Which API polled is not known to the channel; Chrome shows `fetch` and `xhr` alike. */
const RESOURCE_TYPES: Record<Transport, HarEntry['_resourceType']> = {
  websocket: 'websocket',
  eventsource: 'eventsource',
  'fetch-stream': 'fetch',
  'xhr-stream': 'xhr',
  polling: 'fetch',
  webtransport: 'webtransport',
  datachannel: 'other',
};

/** The messages that stand in an entry as bodies. */
export interface EntryBodies {
  sent: readonly MessageFact[];
  received: readonly MessageFact[];
}

/** The entry of one connection, without the lists of its messages. */
export function toEntry(
  session: Session,
  channel: Channel,
  connection: Connection,
  life: readonly PlacedLifeFact[],
  bodies: EntryBodies,
): HarEntry {
  const timings = toTimings(connection, session.lastAt);
  const { handshake } = connection;
  const postData = toPostData(connection, bodies.sent);
  return {
    pageref: PAGE_ID,
    startedDateTime: toIsoTime(Math.floor(session.header.startedAt + connection.createdAt)),
    time: timeOf(timings),
    request: {
      method: connection.method ?? 'GET',
      url: connection.url,
      httpVersion: handshake?.httpVersion ?? UNKNOWN_HTTP,
      headers: toHarHeaders(handshake?.requestHeaders ?? connection.requestHeaders),
      queryString: queryOf(connection.url),
      cookies: [],
      headersSize: -1,
      bodySize: bodies.sent.reduce((sum, { byteLength }) => sum + byteLength, 0),
      ...(postData !== undefined && { postData }),
    },
    response: toResponse(connection, bodies),
    cache: {},
    timings,
    ...addressOf(handshake?.remoteAddress),
    _initiator: { type: connection.initiator === undefined ? 'other' : 'script' },
    _resourceType: RESOURCE_TYPES[channel.transport],
    _wirescope: connectionExtras(channel, connection, life),
  };
}

function toResponse(connection: Connection, { received }: EntryBodies): HarResponse {
  const { handshake, openedAt, transport, tally } = connection;
  const opened = openedAt !== undefined;
  const usual = ANSWERS[transport] ?? { status: 200, mimeType: UNKNOWN_TYPE };
  const status = connection.status ?? (opened ? usual.status : 0);
  // Without its parameters, as Chrome writes it: its import finds the events of a stream by exactly this.
  const [type = ''] = (contentTypeOf(connection) ?? '').split(';');
  const mimeType = type.trim() || (opened ? usual.mimeType : UNKNOWN_TYPE);
  return {
    status,
    statusText: STATUS_TEXTS[status] ?? '',
    httpVersion: handshake?.httpVersion ?? UNKNOWN_HTTP,
    headers: toHarHeaders(handshake?.responseHeaders ?? connection.responseHeaders),
    cookies: [],
    content:
      received.length > 0
        ? toContent(connection, received, mimeType)
        : { size: tally.received.bytes, mimeType },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 0,
    _error: connection.state === 'failed' ? describeClose(connection) : null,
  };
}

/** HAR tells the address; Chrome tells the port as `connection`. */
function addressOf(address: string | undefined): { serverIPAddress?: string; connection?: string } {
  if (address === undefined) return {};
  const [, host = address, port] = /^(\[.*\]|[^:]*):(\d+)$/u.exec(address) ?? [];
  return {
    serverIPAddress: host.replaceAll(/^\[|\]$/gu, ''),
    ...(port !== undefined && { connection: port }),
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
