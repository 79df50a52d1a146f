import { base64ToBytes } from '../byte-text.ts';
import {
  type Direction,
  type Headers,
  LOGGED_PHASES,
  type LoggedPhase,
  type Payload,
} from '../facts.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../loose-fields.ts';
import type { EpochMilliseconds, Milliseconds } from '../units.ts';

/** One connection or request as DevTools' network log tells it, in Chrome's shape of HAR 1.2. */
export interface LogEntry {
  readonly kind: 'websocket' | 'eventsource' | 'request';
  readonly url: string;
  readonly method: string;
  /** Tells apart what began at the same moment. */
  readonly connectionId: string;
  readonly startedAt: EpochMilliseconds;
  /** Until now, or until its end. */
  readonly duration: Milliseconds;
  /** 0 until there is an answer. */
  readonly status: number;
  readonly httpVersion: string | undefined;
  readonly remoteAddress: string | undefined;
  readonly requestHeaders: Headers;
  readonly responseHeaders: Headers;
  readonly timings: Partial<Record<LoggedPhase, Milliseconds>>;
  /** The script that asked, where the log knows it. */
  readonly script: string | undefined;
  /** Whether the response is an event stream, however it was asked for. */
  readonly isEventStream: boolean;
  /** The messages as the log holds them; read one by one, for there may be many. */
  readonly messages: readonly unknown[];
}

/** A message of the log (`_webSocketMessages`, `_eventSourceMessages`). */
export interface LogMessage {
  readonly at: EpochMilliseconds;
  readonly direction: Direction;
  readonly payload: Payload;
  readonly eventType?: string;
  readonly lastEventId?: string;
}

/** @returns `undefined` for what is no entry, or has no time */
export function readLogEntry(value: unknown): LogEntry | undefined {
  const entry = fieldsOf(value);
  const [request, response] = [fieldsOf(entry['request']), fieldsOf(entry['response'])];
  const url = withoutFragment(textOf(request['url']));
  const startedAt = Date.parse(textOf(entry['startedDateTime']));
  if (url === '' || Number.isNaN(startedAt)) return undefined;
  const type = entry['_resourceType'];
  const socketMessages = entry['_webSocketMessages'];
  const streamMessages = entry['_eventSourceMessages'];
  const isSocket = type === 'websocket' || Array.isArray(socketMessages);
  const contentType = textOf(fieldsOf(response['content'])['mimeType']);
  const version = (textOf(response['httpVersion']) || textOf(request['httpVersion'])).toLowerCase();
  const [call] = listOf(fieldsOf(fieldsOf(entry['_initiator'])['stack'])['callFrames']);
  const script = textOf(fieldsOf(call)['url']) || textOf(fieldsOf(entry['_initiator'])['url']);
  return {
    kind: isSocket ? 'websocket' : type === 'eventsource' ? 'eventsource' : 'request',
    url,
    method: textOf(request['method']) || 'GET',
    connectionId: textOf(entry['_connectionId']),
    startedAt,
    duration: Math.max(0, numberOf(entry['time'])),
    status: numberOf(response['status']),
    httpVersion: version === '' || version === 'unknown' ? undefined : version,
    remoteAddress: addressOf(entry),
    requestHeaders: headersOf(request['headers']),
    responseHeaders: headersOf(response['headers']),
    timings: timingsOf(fieldsOf(entry['timings'])),
    script: script === '' ? undefined : script,
    isEventStream:
      type === 'eventsource' ||
      Array.isArray(streamMessages) ||
      contentType.startsWith('text/event-stream'),
    messages: listOf(isSocket ? socketMessages : streamMessages),
  };
}

/** @returns `undefined` for rows that are no messages, as those of errors */
export function readLogMessage(kind: LogEntry['kind'], value: unknown): LogMessage | undefined {
  const message = fieldsOf(value);
  const [at, data] = [numberOf(message['time']) * 1000, message['data']];
  if (at === 0 || typeof data !== 'string') return undefined;
  if (kind !== 'websocket') {
    return {
      at,
      direction: 'received',
      payload: data,
      eventType: textOf(message['eventName']) || 'message',
      lastEventId: textOf(message['eventId']),
    };
  }
  const type = message['type'];
  if (type !== 'send' && type !== 'receive') return undefined;
  const direction = type === 'send' ? 'sent' : 'received';
  if (message['opcode'] !== BINARY) return { at, direction, payload: data };
  return { at, direction, payload: base64ToBytes(data) ?? data };
}

/** RFC 6455 section 5.2. */
const BINARY = 2;

function withoutFragment(url: string): string {
  const end = url.indexOf('#');
  return end === -1 ? url : url.slice(0, end);
}

function headersOf(value: unknown): Headers {
  return listOf(value).map((header) => {
    const { name, value: text } = fieldsOf(header);
    return [textOf(name), textOf(text)];
  });
}

/** -1 is HAR's word for a phase that does not apply. */
function timingsOf(timings: Fields): LogEntry['timings'] {
  const known = LOGGED_PHASES.flatMap((phase) => {
    const time = timings[phase];
    return typeof time === 'number' && time >= 0 ? [[phase, time] as const] : [];
  });
  return Object.fromEntries(known);
}

function addressOf(entry: Fields): string | undefined {
  const address = textOf(entry['serverIPAddress']);
  if (address === '') return undefined;
  const port = textOf(entry['connection']);
  const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  return /^\d{1,5}$/u.test(port) ? `${host}:${port}` : host;
}
