import { endpointOf } from '../endpoint.ts';

/** What two tries to one endpoint have in common, and what may differ from one to the next. */
export interface LinkKey {
  /** Endpoint and query without what changes. */
  readonly stable: string;
  /** Values that look random and stand where an identity may stand (`/doc/<uuid>`, `?id=<token>`). */
  readonly random: string;
}

/** Names under which a query carries tokens, sessions, times, cursors and cache busters. */
const PASSING =
  /^(?:_+|_?dc|t|ts|time|timestamp|now|date|nonce|r|rnd|rand|random|cb|cache|cache_?bust(?:er|ing)?|(?:\w*[_-])?token|\w+Token|auth|authorization|jwt|ticket|credential|sid|session|session_?(?:id|key)|connection_?(?:id|token)|client_?id|sig|signature|expires|x-amz-[\w-]+|last_?event_?id|since|cursor|offset|after|seq|resume\w*|retry|retries|attempts?|tries|reconnect\w*)$/iu;
/** SignalR carries a connection's token under this name; with others it may be an identity. */
const EITHER = /^id$/iu;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;
/** Seconds or milliseconds since 1970, or a random fraction. */
const TIME_OR_FRACTION = /^(?:1\d{9}|1\d{12}|0?\.\d{5,})$/u;
const SOCKJS =
  /\/\d{3}\/[^/.]+\/(websocket|xhr_streaming|xhr|eventsource|htmlfile|xhr_send|jsonp)$/u;

/** @returns whether a path segment or a query's value looks as if chance or a clock had made it */
function isRandom(text: string): boolean {
  if (UUID.test(text) || TIME_OR_FRACTION.test(text)) return true;
  return (text.match(/[\da-z]{16,}/giu) ?? []).some(
    (run) => /\d/u.test(run) && /[a-z]/iu.test(run),
  );
}

/** What stays the same of a URL when a page or a library connects again. */
export function linkKey(url: string): LinkKey {
  const random: string[] = [];
  const path = endpointOf(url)
    // SockJS: `/<server>/<session>/<transport>`, both numbers new for each try.
    .replace(SOCKJS, '/*/*/$1')
    .split('/')
    .map((segment) => {
      if (!isRandom(segment)) return segment;
      random.push(segment);
      return '*';
    })
    .join('/');
  const [, query = ''] = /\?([^#]*)/u.exec(url) ?? [];
  const parts: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (PASSING.test(name)) continue;
    if (!isRandom(value) && !EITHER.test(name)) {
      parts.push(`${name}=${value}`);
      continue;
    }
    parts.push(`${name}=*`);
    random.push(value);
  }
  const stable = parts.length === 0 ? path : `${path}?${parts.sort().join('&')}`;
  return { stable, random: random.join('\n') };
}
