import { createWebSocketReader } from './read-websocket-wire.ts';
import type { WireReader, WireSplit } from './wire-split.ts';

/** https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE = 24;
/** https://www.rfc-editor.org/rfc/rfc9113#section-4.1 */
const HEAD = 9;
const DATA = 0;
const HEADERS = 1;
const CONTINUATION = 9;

/**
 * Counts one direction of an HTTP/2 connection. Headers are the field blocks as HPACK made them, framing the headers of
 * their frames and of those with content.
 *
 * @param side who wrote these bytes: the client begins with a preface
 * @param hasWebSocket content is a WebSocket's (RFC 8441), with frames of its own
 */
export function createHttp2Reader(
  split: WireSplit,
  side: 'client' | 'server',
  hasWebSocket: boolean,
): WireReader {
  const head: number[] = [];
  const content: WireReader = hasWebSocket
    ? createWebSocketReader(split)
    : ({ length }) => (split.body += length);
  let preface = side === 'client' ? PREFACE : 0;
  let rest = 0;
  let type = DATA;

  const isHeaders = (): boolean => type === HEADERS || type === CONTINUATION;

  function takeRun(run: Uint8Array): void {
    rest -= run.length;
    if (type === DATA) content(run);
    else split[isHeaders() ? 'headers' : 'control'] += run.length;
  }

  function takeHead([high = 0, middle = 0, low = 0, kind = DATA]: readonly number[]): void {
    rest = high * 65_536 + middle * 256 + low;
    type = kind;
    split[type === DATA || isHeaders() ? 'framing' : 'control'] += HEAD;
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (rest > 0) {
        const run = chunk.subarray(at, at + rest);
        at += run.length;
        takeRun(run);
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (preface > 0) {
        preface--;
        split.control++;
        continue;
      }
      head.push(byte);
      if (head.length === HEAD) takeHead(head.splice(0));
    }
  };
}
