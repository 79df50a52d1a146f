import type { Headers } from '../facts.ts';

/** What a request is for. */
export type RequestKind = 'websocket' | 'eventsource' | 'fetch-stream' | 'poll' | 'post';

/**
 * What Chromium sends with every request, where nobody told what it sent: written down from its own requests. No cookie is
 * among them, for nobody knows whether there is one.
 */
export function typicalRequestFields(pageUrl: string, isSecure: boolean): Headers {
  return [
    [
      'User-Agent',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    ],
    ['Accept-Encoding', isSecure ? 'gzip, deflate, br, zstd' : 'gzip, deflate'],
    ['Accept-Language', 'en-US,en;q=0.9'],
    ['Referer', pageUrl],
  ];
}

export function typicalResponseFields(): Headers {
  return [['Date', 'Fri, 20 Nov 2026 10:00:00 GMT']];
}

/** RFC 6455 section 4.1: 16 bytes in base64. */
const SOME_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
/** RFC 6455 section 4.2.2: 20 bytes in base64. */
const SOME_ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** What a request of this kind needs beside. */
export function ownRequestFields(kind: RequestKind, origin: string): Headers {
  switch (kind) {
    case 'websocket':
      return [
        ['Connection', 'Upgrade'],
        ['Pragma', 'no-cache'],
        ['Cache-Control', 'no-cache'],
        ['Upgrade', 'websocket'],
        ['Origin', origin],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', SOME_KEY],
        ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
      ];
    case 'eventsource':
      return [
        ['Connection', 'keep-alive'],
        ['Accept', 'text/event-stream'],
        ['Cache-Control', 'no-cache'],
      ];
    case 'fetch-stream':
    case 'poll':
      return [
        ['Connection', 'keep-alive'],
        ['Accept', '*/*'],
      ];
    case 'post':
      return [
        ['Connection', 'keep-alive'],
        ['Content-Length', '100'],
        ['Content-Type', 'application/json'],
        ['Accept', '*/*'],
        ['Origin', origin],
      ];
  }
}

export function ownResponseFields(kind: RequestKind): Headers {
  switch (kind) {
    case 'websocket':
      return [
        ['Upgrade', 'websocket'],
        ['Connection', 'Upgrade'],
        ['Sec-WebSocket-Accept', SOME_ACCEPT],
      ];
    case 'eventsource':
      return [
        ['Content-Type', 'text/event-stream'],
        ['Cache-Control', 'no-cache'],
        ['Connection', 'keep-alive'],
        ['Transfer-Encoding', 'chunked'],
      ];
    case 'fetch-stream':
      return [
        ['Content-Type', 'application/x-ndjson'],
        ['Cache-Control', 'no-store'],
        ['Connection', 'keep-alive'],
        ['Transfer-Encoding', 'chunked'],
      ];
    case 'poll':
      return [
        ['Content-Type', 'application/json'],
        ['Cache-Control', 'no-store'],
        ['Connection', 'keep-alive'],
        ['Content-Length', '100'],
      ];
    case 'post':
      return [['Connection', 'keep-alive']];
  }
}
