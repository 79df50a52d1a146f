import type { Connection } from '../channel.ts';

/**
 * Whether a request went over HTTP/1.1, as the network log tells it. Browsers speak HTTP/2 over TLS alone; where nobody told the
 * version of a request over TLS, it is not counted.
 */
export function isHttp1({ url, handshake }: Connection): boolean {
  const told = handshake?.httpVersion ?? '';
  return told === '' ? url.startsWith('http:') : told.startsWith('http/1');
}
