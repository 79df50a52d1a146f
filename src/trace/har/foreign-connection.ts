import type { Fact, Headers, MessageFact, Transport } from '../../core/facts.ts';
import { headerOf, mimeTypeOf } from '../../core/http/content-type.ts';
import { receivedText } from '../../core/http/received.ts';
import type { EpochMilliseconds, Milliseconds } from '../../core/units.ts';
import { isRecord, type JsonRecord } from '../fields.ts';
import { readPostData } from './har-body.ts';
import { readHarHeaders } from './har-headers.ts';
import { readRows } from './read-rows.ts';

export interface Place {
  connection: number;
  frame: number;
  url: string;
  transport: Transport;
}

/**
 * The facts that an entry of Chrome's tells. What it does not tell is not made up: there is no close
 * code, and a connection whose end is not in the log stays open.
 * @param at when the entry began
 */
export function readConnection(
  entry: JsonRecord,
  place: Place,
  at: Milliseconds,
  startedAt: EpochMilliseconds,
): { facts: Fact[]; skipped: number } {
  const { connection, transport } = place;
  const list = transport === 'websocket' ? '_webSocketMessages' : '_eventSourceMessages';
  const rows = readRows(entry, list, connection, startedAt);
  const messages = rows.messages.filter((message) => message !== undefined);
  messages.sort((a, b) => a.at - b.at);
  const firstAt = messages[0]?.at ?? Infinity;
  const lastAt = messages[messages.length - 1]?.at ?? at;
  const during: Fact[] = rows.errorsAt.map((errorAt) => ({
    kind: 'connection-errored',
    connection,
    at: errorAt,
  }));
  for (const message of messages) during.push(message);
  during.sort((a, b) => a.at - b.at);

  const told = requestOf(entry, transport);
  const facts: Fact[] = [
    { kind: 'connection-created', ...place, at, source: 'network-log', ...told },
  ];
  const sent = readPostData(entry['request']);
  if (sent !== undefined && sent !== '') facts.push(sentText(connection, at, sent));
  const opened = messages.length > 0 || isAccepted(entry, transport);
  if (opened) {
    const openedAt = Math.max(at, Math.min(at + handshakeTime(entry, transport), firstAt));
    const response = responseOf(entry);
    facts.push({
      kind: 'connection-opened',
      connection,
      at: openedAt,
      ...negotiated(entry),
      ...response,
    });
  }
  for (const fact of during) facts.push(fact);
  if (!opened || isEnded(entry, transport)) {
    const endedAt = Math.max(at + Math.max(numberIn(entry, 'time'), 0), lastAt);
    facts.push({ kind: 'connection-ended', connection, at: endedAt, endedBy: 'unknown' });
  }
  return { facts, skipped: rows.skipped };
}

/** 101 (RFC 6455 section 4.1), or 200 for a WebSocket over HTTP/2 (RFC 8441) and an event stream. */
function isAccepted(entry: JsonRecord, transport: Transport): boolean {
  const status = numberIn(entry['response'], 'status');
  return (
    (transport !== 'websocket' && transport !== 'eventsource' && status > 0) ||
    status === 200 ||
    (transport === 'websocket' && status === 101)
  );
}

/**
 * For a WebSocket Chrome moves the time of the response on with every message, so `wait` reaches up
 * to the last one and `receive` counts from there to the end: it is 0 as long as there is no end.
 * For an event stream `receive` grows with the data, and only an error tells of the end.
 */
function isEnded(entry: JsonRecord, transport: Transport): boolean {
  const { response, timings } = entry as { response?: unknown; timings?: unknown };
  if (isRecord(response) && typeof response['_error'] === 'string')
    return response['_error'] !== '';
  return transport === 'websocket' && numberIn(timings, 'receive') > 0;
}

export function handshakeTime(entry: JsonRecord, transport?: Transport): Milliseconds {
  const steps = ['blocked', 'dns', 'connect', 'send'];
  if (transport !== 'websocket') steps.push('wait');
  return steps.reduce((sum, step) => sum + Math.max(numberIn(entry['timings'], step), 0), 0);
}

/** What the server chose in the opening handshake (RFC 6455 section 4.2.2), if its headers are here. */
function negotiated(entry: JsonRecord): { subprotocol?: string; extensions?: string } {
  const headers = readHarHeaders(entry['response']);
  const subprotocol = headerOf(headers, 'sec-websocket-protocol');
  const extensions = headerOf(headers, 'sec-websocket-extensions');
  return {
    ...(subprotocol !== undefined && { subprotocol }),
    ...(extensions !== undefined && { extensions }),
  };
}

/** What a HAR tells of a request; of WebSocket and EventSource the page chose none of it. */
export function requestOf(
  entry: JsonRecord,
  transport?: Transport,
): { method?: string; requestHeaders?: Headers } {
  if (transport === 'websocket' || transport === 'eventsource') return {};
  const request = entry['request'];
  const method = isRecord(request) ? request['method'] : undefined;
  const requestHeaders = readHarHeaders(request);
  return {
    ...(typeof method === 'string' && { method }),
    ...(requestHeaders.length > 0 && { requestHeaders }),
  };
}

/** What a HAR tells of an answer. */
export function responseOf(entry: JsonRecord): { status?: number; responseHeaders?: Headers } {
  const status = numberIn(entry['response'], 'status');
  const responseHeaders = withType(entry['response'], readHarHeaders(entry['response']));
  return {
    ...(Number.isInteger(status) && status > 0 && status <= 999 && { status }),
    ...(responseHeaders.length > 0 && { responseHeaders }),
  };
}

/** The type of the answer stands in its content, too, where nobody may read the headers. */
function withType(response: unknown, headers: Headers): Headers {
  const content = isRecord(response) ? response['content'] : undefined;
  const mimeType = isRecord(content) ? content['mimeType'] : undefined;
  const isTold = mimeTypeOf(headers) !== '' || typeof mimeType !== 'string';
  if (isTold || mimeType === '' || mimeType === 'x-unknown') return headers;
  return [...headers, ['content-type', mimeType]];
}

export function sentText(connection: number, at: Milliseconds, text: string): MessageFact {
  return { ...receivedText(connection, at, text), direction: 'sent' };
}

/** A finite number that fits the time axis; 0 where there is none. */
export function numberIn(record: unknown, key: string): number {
  const value = isRecord(record) ? record[key] : undefined;
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : 0;
}
