import { base64ToBytes } from '../../core/byte-text.ts';
import { joinBytes } from '../../core/http/joined-bytes.ts';
import { MOST_HELD } from '../decoder.ts';
import type { Stop } from './byte-cursor.ts';

/** One frame of gRPC-Web or Connect: a byte of flags, four of length, and what they announce. */
export interface GrpcFrame {
  readonly flags: number;
  readonly body: Uint8Array;
}

export const COMPRESSED = 0x01;
/** Connect: the last frame, a JSON text. */
export const END_STREAM = 0x02;
/** gRPC-Web: trailers in the form of an HTTP/1 header block. */
export const TRAILERS = 0x80;
const HEADER = 5;

/** Puts frames together that come in pieces, bounded. */
export interface GrpcFrames {
  take: (payload: string | Uint8Array) => { frames: GrpcFrame[]; stop?: Stop };
}

export function createGrpcFrames(): GrpcFrames {
  let text = '';
  let held = new Uint8Array();

  /** `-text`: base64 in pieces, each padded by itself or cut anywhere. */
  function decode(more: string): Uint8Array | undefined {
    text += more.replaceAll(/\s+/gu, '');
    const whole = text.length - (text.length % 4);
    const pieces = text.slice(0, whole).match(/[^=]+={0,2}/gu) ?? [];
    text = text.slice(whole);
    const decoded = pieces.map(base64ToBytes);
    return decoded.every((bytes) => bytes !== undefined) ? joinBytes(decoded) : undefined;
  }

  function fail(reason: string): { frames: GrpcFrame[]; stop: Stop } {
    text = '';
    held = new Uint8Array();
    return { frames: [], stop: { offset: 0, reason } };
  }

  return {
    take: (payload) => {
      const bytes = typeof payload === 'string' ? decode(payload) : payload;
      if (bytes === undefined) return fail('it is no base64');
      const all = held.length === 0 ? bytes : joinBytes([held, bytes]);
      const { frames, rest, stop } = cutFrames(all);
      if (stop !== undefined) return { ...fail(stop.reason), frames, stop };
      if (rest.length > MOST_HELD) return fail('a frame of more than 16 MiB');
      held = rest.slice();
      return { frames };
    },
  };
}

/** The whole frames at the beginning of bytes, and what is left. */
export function cutFrames(bytes: Uint8Array): {
  frames: GrpcFrame[];
  rest: Uint8Array;
  stop?: Stop;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: GrpcFrame[] = [];
  let at = 0;
  while (at + HEADER <= bytes.length) {
    const flags = view.getUint8(at);
    if ((flags & ~(COMPRESSED | END_STREAM | TRAILERS)) !== 0) {
      const reason = `there are no flags 0x${flags.toString(16).padStart(2, '0')}`;
      return { frames, rest: new Uint8Array(), stop: { offset: at, reason } };
    }
    const end = at + HEADER + view.getUint32(at + 1);
    if (end > bytes.length) break;
    frames.push({ flags, body: bytes.subarray(at + HEADER, end) });
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}
