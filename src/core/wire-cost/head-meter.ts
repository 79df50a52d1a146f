import type { Headers } from '../facts.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Bytes } from '../units.ts';
import type { Head } from './heads.ts';
import { createHpackEncoder } from './hpack.ts';
import { headerFraming } from './http-framing.ts';
import type { CarryOptions, HttpVersion } from './wire-cost.ts';

/** Of one request and its response: blocks of fields, and the frames around them. */
export interface HeadLength {
  readonly block: Bytes;
  readonly framing: Bytes;
}

/** How long heads are on one connection to a server, one after another. */
export interface HeadMeter {
  request: (head: Head) => HeadLength;
  response: (head: Head) => HeadLength;
}

type Sizes = Pick<CarryOptions, 'requestHeaders' | 'responseHeaders'>;

export function createHeadMeter(http: HttpVersion, sizes: Sizes): HeadMeter {
  const { requestHeaders, responseHeaders } = sizes;
  const [sent, received] = [createHpackEncoder(), createHpackEncoder()];

  const lengthOf = (block: Bytes): HeadLength => ({ block, framing: headerFraming(block, http) });

  return {
    request: (head) => {
      const fitted = { ...head, request: fit(head.request, requestLine(head), requestHeaders) };
      if (http === 'http/1.1') return lengthOf(requestLength(fitted));
      return lengthOf(sent.encode(requestFields(fitted)));
    },
    response: (head) => {
      const fitted = { ...head, response: fit(head.response, statusLine(head), responseHeaders) };
      if (http === 'http/1.1') return lengthOf(responseLength(fitted));
      return lengthOf(received.encode(responseFields(fitted)));
    },
  };
}

/** RFC 9112 section 3. */
const requestLine = ({ method, target, host }: Head): Bytes =>
  utf8Length(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n`);

/** RFC 9112 section 4; of a status without a usual phrase there is none. */
const statusLine = ({ status }: Head): Bytes =>
  `HTTP/1.1 ${status} ${PHRASES.get(status) ?? ''}\r\n`.length;

const PHRASES: ReadonlyMap<number, string> = new Map([
  [101, 'Switching Protocols'],
  [200, 'OK'],
  [204, 'No Content'],
  [304, 'Not Modified'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
]);

const BLANK_LINE: Bytes = 2;

/** In HTTP/1.1. */
export const requestLength = (head: Head): Bytes =>
  requestLine(head) + fieldsLength(head.request) + BLANK_LINE;
export const responseLength = (head: Head): Bytes =>
  statusLine(head) + fieldsLength(head.response) + BLANK_LINE;

/** RFC 9112 section 5: name, colon, space, value, line end. */
const fieldsLength = (fields: Headers): Bytes =>
  fields.reduce((sum, [name, value]) => sum + fieldLength(name, value), 0);
const fieldLength = (name: string, value: string): Bytes =>
  utf8Length(name) + utf8Length(value) + 4;

/** Fields of one connection that HTTP/2 forbids (RFC 9113 section 8.2.2), and what RFC 8441 does without. */
const FORBIDDEN =
  /^(?:connection|upgrade|keep-alive|transfer-encoding|sec-websocket-(?:key|accept))$/iu;

function requestFields({ method, scheme, host, target, request }: Head): Headers {
  const fields = request.filter(([name]) => !FORBIDDEN.test(name));
  const isSocket = headersHold(request, 'upgrade');
  // RFC 8441 section 4: an extended CONNECT.
  const pseudo: Headers = [
    [':method', isSocket ? 'CONNECT' : method],
    ...(isSocket ? ([[':protocol', 'websocket']] satisfies Headers) : []),
    [':authority', host],
    [':scheme', scheme],
    [':path', target],
  ];
  return [...pseudo, ...fields];
}

function responseFields({ status, response }: Head): Headers {
  const fields = response.filter(([name]) => !FORBIDDEN.test(name));
  return [[':status', String(status === 101 ? 200 : status)], ...fields];
}

const headersHold = (fields: Headers, name: string): boolean =>
  fields.some(([known]) => known.toLowerCase() === name);

/** Brings fields to the length that a user wants for all of the head: the last go first, a cookie fills up. */
function fit(fields: Headers, line: Bytes, wanted: Bytes | undefined): Headers {
  if (wanted === undefined) return fields;
  const room = wanted - line - BLANK_LINE;
  const kept = [...fields];
  while (kept.length > 0 && fieldsLength(kept) > room) kept.pop();
  const rest = room - fieldsLength(kept) - fieldLength('Cookie', '');
  return rest < 0 ? kept : [...kept, ['Cookie', 'x'.repeat(rest)]];
}
