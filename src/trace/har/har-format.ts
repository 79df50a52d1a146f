import type { HarHeader } from './har-headers.ts';

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as Chrome DevTools writes it
 * (devtools-frontend, `models/har/Log.ts`), in so far as we write it. Names with an underscore are
 * custom fields; those without `_wirescope` are Chrome's.
 */

export interface HarPage {
  /** ISO 8601. */
  startedDateTime: string;
  id: string;
  title: string;
  /** Milliseconds; -1 where not known. */
  pageTimings: { onContentLoad: number; onLoad: number };
}

/** An entry without its messages, which are written one by one. */
export interface HarEntry {
  pageref: string;
  startedDateTime: string;
  /** Milliseconds: the sum of the timings that are not -1. */
  time: number;
  request: HarRequest;
  response: HarResponse;
  cache: Record<string, never>;
  timings: HarTimings;
  serverIPAddress?: string;
  /** Chrome: the server's port. */
  connection?: string;
  /** Chrome's own importer fails on an initiator that is null. */
  _initiator: { type: 'script' | 'other' };
  /** As Chrome names them (devtools-frontend, `core/common/ResourceType.ts`). */
  _resourceType: 'websocket' | 'eventsource' | 'fetch' | 'xhr' | 'webtransport' | 'other';
  _wirescope: unknown;
}

export interface HarRequest {
  method: string;
  url: string;
  httpVersion: string;
  headers: HarHeader[];
  queryString: { name: string; value: string }[];
  cookies: [];
  headersSize: -1;
  bodySize: number;
  postData?: HarPostData;
}

export interface HarPostData {
  mimeType: string;
  text: string;
  comment?: string;
}

export interface HarContent {
  size: number;
  mimeType: string;
  text?: string;
  encoding?: string;
  comment?: string;
}

export interface HarResponse {
  /** 0: there was none. */
  status: number;
  statusText: string;
  httpVersion: string;
  headers: HarHeader[];
  cookies: [];
  content: HarContent;
  redirectURL: '';
  headersSize: -1;
  bodySize: -1;
  _transferSize: number;
  _error: string | null;
}

/** Milliseconds; -1 where it does not apply. */
export interface HarTimings {
  blocked: number;
  dns: number;
  /** A part of `connect`. */
  ssl: number;
  connect: number;
  send: number;
  wait: number;
  receive: number;
  _blocked_queueing: -1;
}

export interface HarWebSocketMessage {
  type: 'send' | 'receive' | 'error';
  /** Seconds since 1970, with fractions. */
  time: number;
  /** RFC 6455 section 5.2: 1 text, 2 binary; -1 on an error row. */
  opcode: 1 | 2 | -1;
  /** Text, or base64 where the opcode is 2. */
  data: string;
  _wirescope?: MessageExtras;
}

export interface HarEventSourceMessage {
  /** Seconds since 1970, with fractions. */
  time: number;
  eventName: string;
  eventId: string;
  data: string;
  _wirescope?: MessageExtras;
}

/**
 * A message for which HAR has no list, under the names of our own format: its place among all messages of its
 * connection, and its fields.
 */
export type HarOwnMessage = Readonly<Record<string, unknown>> & { index: number };

/** What the standard part of a message row cannot say, and only that. */
export type MessageExtras = Readonly<Record<string, unknown>>;
