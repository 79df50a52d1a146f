import { createWebSocketReader } from './read-websocket-wire.ts';
import type { WireReader, WireSplit } from './wire-split.ts';

type Expecting = 'head' | 'content' | 'chunk-size' | 'chunk' | 'chunk-end' | 'until-close';

/**
 * Counts one direction of an HTTP/1.1 connection, requests or responses
 * (https://www.rfc-editor.org/rfc/rfc9112), and what follows an upgrade to WebSocket. Trailers are not understood; the lab
 * sends none.
 */
export function createHttp1Reader(split: WireSplit): WireReader {
  let expecting: Expecting = 'head';
  let text = '';
  let rest = 0;
  let isLastChunk = false;
  let frames: WireReader | undefined;

  function takeLine(byte: number, part: 'headers' | 'framing', end: string): boolean {
    split[part]++;
    text += String.fromCharCode(byte);
    return text.endsWith(end);
  }

  function headEnded(): void {
    const head = text;
    text = '';
    if (isUpgrade(head)) {
      frames = createWebSocketReader(split);
      return;
    }
    expecting = bodyAfter(head);
    if (expecting === 'content') rest = lengthOf(head);
    if (expecting === 'content' && rest === 0) expecting = 'head';
  }

  function chunkSizeEnded(): void {
    rest = Number.parseInt(text, 16);
    text = '';
    isLastChunk = rest === 0;
    expecting = isLastChunk ? 'chunk-end' : 'chunk';
  }

  /** @returns how many bytes it took */
  function takeRun(room: number): number {
    const taken = Math.min(rest, room);
    rest -= taken;
    split.body += taken;
    if (rest === 0) expecting = expecting === 'chunk' ? 'chunk-end' : 'head';
    return taken;
  }

  function takeByte(byte: number): void {
    if (expecting === 'head') {
      if (takeLine(byte, 'headers', '\r\n\r\n')) headEnded();
    } else if (expecting === 'chunk-size') {
      if (takeLine(byte, 'framing', '\r\n')) chunkSizeEnded();
    } else if (takeLine(byte, 'framing', '\r\n')) {
      text = '';
      expecting = isLastChunk ? 'head' : 'chunk-size';
    }
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (frames !== undefined) {
        frames(chunk.subarray(at));
        return;
      }
      if (expecting === 'until-close') {
        split.body += chunk.length - at;
        return;
      }
      if (expecting === 'content' || expecting === 'chunk') at += takeRun(chunk.length - at);
      else takeByte(chunk[at++] ?? 0);
    }
  };
}

/** The request of a page, or the server's 101. */
function isUpgrade(head: string): boolean {
  return /^upgrade: websocket\r$/imu.test(head) && /^(?:GET |HTTP\/1\.1 101 )/u.test(head);
}

function bodyAfter(head: string): Expecting {
  if (/^transfer-encoding: chunked\r$/imu.test(head)) return 'chunk-size';
  const isBodiless = /^HTTP\/1\.1 (?:1\d\d|204|304) /u.test(head);
  const isRequest = !head.startsWith('HTTP/');
  return isBodiless || isRequest || /^content-length:/imu.test(head) ? 'content' : 'until-close';
}

function lengthOf(head: string): number {
  return Number(/^content-length: *(\d+)\r$/imu.exec(head)?.[1] ?? 0);
}
