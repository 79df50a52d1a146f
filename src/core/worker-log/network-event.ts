import { base64ToBytes } from '../byte-text.ts';
import type { Headers, Payload } from '../facts.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../loose-fields.ts';
import type { EpochMilliseconds } from '../units.ts';

/** What a `Network` event of the Chrome DevTools Protocol tells of one connection or request of a worker. */
export type NetworkEvent = { readonly id: string } & (
  | { kind: 'socket-created'; url: string; script: string | undefined }
  | { kind: 'asked'; at: Moment; wallTime: EpochMilliseconds | undefined; request: AskedRequest }
  | { kind: 'answered'; at: Moment; answer: Answer }
  | { kind: 'message'; at: Moment; isSent: boolean; payload: Payload }
  | { kind: 'event'; at: Moment; payload: string; eventType: string; lastEventId: string }
  | { kind: 'piece'; at: Moment; byteLength: number; payload: Uint8Array | null }
  | { kind: 'errored'; at: Moment }
  | { kind: 'ended'; at: Moment; by: 'server' | 'network' | 'page' | 'unknown' }
);

/** Milliseconds of the browser's monotonic clock; which wall time that is, requests tell. */
export type Moment = number;

export interface AskedRequest {
  /** `socket` is the opening handshake of a WebSocket that was created before. */
  api: 'socket' | 'eventsource' | 'fetch' | 'xhr' | 'other';
  url: string;
  method: string;
  headers: Headers;
  body: string | undefined;
  script: string | undefined;
}

export interface Answer {
  status: number;
  headers: Headers;
  httpVersion: string | undefined;
  remoteAddress: string | undefined;
}

const APIS: Partial<Record<string, AskedRequest['api']>> = {
  EventSource: 'eventsource',
  Fetch: 'fetch',
  XHR: 'xhr',
};

/** @returns `undefined` for events that tell nothing of connections */
export function readNetworkEvent(method: string, params: unknown): NetworkEvent | undefined {
  const told = fieldsOf(params);
  const id = textOf(told['requestId']);
  const at = numberOf(told['timestamp']) * 1000;
  if (id === '') return undefined;
  switch (method) {
    case 'Network.webSocketCreated':
      return { id, kind: 'socket-created', url: textOf(told['url']), script: scriptOf(told) };
    case 'Network.webSocketWillSendHandshakeRequest':
      return { id, kind: 'asked', at, wallTime: wallTimeOf(told), request: asked('socket', told) };
    case 'Network.requestWillBeSent': {
      const api = APIS[textOf(told['type'])] ?? 'other';
      return { id, kind: 'asked', at, wallTime: wallTimeOf(told), request: asked(api, told) };
    }
    case 'Network.webSocketHandshakeResponseReceived':
    case 'Network.responseReceived':
      return { id, kind: 'answered', at, answer: answerOf(fieldsOf(told['response'])) };
    case 'Network.webSocketFrameSent':
    case 'Network.webSocketFrameReceived': {
      const { opcode, payloadData } = fieldsOf(told['response']);
      const text = textOf(payloadData);
      if (opcode !== TEXT && opcode !== BINARY) return undefined;
      const payload = opcode === TEXT ? text : (base64ToBytes(text) ?? text);
      return { id, kind: 'message', at, isSent: method.endsWith('Sent'), payload };
    }
    case 'Network.eventSourceMessageReceived':
      return {
        id,
        kind: 'event',
        at,
        payload: textOf(told['data']),
        eventType: textOf(told['eventName']) || 'message',
        lastEventId: textOf(told['eventId']),
      };
    case 'Network.dataReceived': {
      const payload = base64ToBytes(textOf(told['data'])) ?? null;
      const byteLength = numberOf(told['dataLength']);
      return { id, kind: 'piece', at, byteLength, payload: payload?.length === 0 ? null : payload };
    }
    case 'Network.webSocketFrameError':
      return { id, kind: 'errored', at };
    case 'Network.webSocketClosed':
      return { id, kind: 'ended', at, by: 'unknown' };
    case 'Network.loadingFinished':
      return { id, kind: 'ended', at, by: 'server' };
    case 'Network.loadingFailed':
      return { id, kind: 'ended', at, by: told['canceled'] === true ? 'page' : 'network' };
    default:
      return undefined;
  }
}

/** RFC 6455 section 5.2. */
const [TEXT, BINARY] = [1, 2];

function asked(api: AskedRequest['api'], told: Fields): AskedRequest {
  const request = fieldsOf(told['request']);
  return {
    api,
    url: textOf(request['url']),
    method: textOf(request['method']) || 'GET',
    headers: headersOf(request['headers']),
    body: typeof request['postData'] === 'string' ? request['postData'] : undefined,
    script: scriptOf(told),
  };
}

function answerOf(response: Fields): Answer {
  const [address, port] = [textOf(response['remoteIPAddress']), numberOf(response['remotePort'])];
  return {
    status: numberOf(response['status']),
    headers: headersOf(response['headers']),
    httpVersion: textOf(response['protocol']) || undefined,
    remoteAddress: address === '' ? undefined : port === 0 ? address : `${address}:${port}`,
  };
}

function wallTimeOf(told: Fields): EpochMilliseconds | undefined {
  const seconds = numberOf(told['wallTime']);
  return seconds === 0 ? undefined : seconds * 1000;
}

function headersOf(headers: unknown): Headers {
  return Object.entries(fieldsOf(headers)).map(([name, value]) => [name, textOf(value)]);
}

/** The place of the call, as a line of a stack. */
function scriptOf(told: Fields): string | undefined {
  const stack = fieldsOf(fieldsOf(told['initiator'])['stack']);
  const { url, lineNumber, columnNumber } = fieldsOf(listOf(stack['callFrames'])[0]);
  if (textOf(url) === '') return undefined;
  return `    at ${textOf(url)}:${numberOf(lineNumber) + 1}:${numberOf(columnNumber) + 1}`;
}
