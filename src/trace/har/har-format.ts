import type { Transport } from '../../core/facts.ts';

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
  /** Chrome's own importer fails on an initiator that is null. */
  _initiator: { type: 'script' | 'other' };
  _resourceType: Transport;
  _wirescope: unknown;
}

export interface HarRequest {
  method: 'GET';
  url: string;
  httpVersion: string;
  headers: [];
  queryString: { name: string; value: string }[];
  cookies: [];
  headersSize: -1;
  bodySize: 0;
}

export interface HarResponse {
  /** 0: there was none. */
  status: number;
  statusText: string;
  httpVersion: string;
  headers: [];
  cookies: [];
  content: { size: number; mimeType: string };
  redirectURL: '';
  headersSize: -1;
  bodySize: -1;
  _transferSize: number;
  _error: string | null;
}

/** Milliseconds; -1 where it does not apply. */
export interface HarTimings {
  blocked: number;
  dns: -1;
  ssl: -1;
  connect: -1;
  send: 0;
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

/** What the standard part of a message row cannot say, and only that. */
export type MessageExtras = Readonly<Record<string, unknown>>;
