import type { Bytes } from '../units.ts';
import type { HttpVersion } from './wire-cost.ts';

/**
 * What HTTP puts around a piece of a body that is written at once:
 * - HTTP/1.1: a chunk (RFC 9112 section 7.1): its length in hexadecimal, and two line ends
 * - HTTP/2: DATA frames of 9 bytes of header (RFC 9113 section 4.1) for each 16,384 bytes, the size that everybody has to take
 * - HTTP/3: a DATA frame (RFC 9114 section 7.1): its type, and its length as a variable-length integer (RFC 9000 section 16)
 */
export function pieceFraming(bytes: Bytes, http: HttpVersion): Bytes {
  if (bytes === 0) return 0;
  switch (http) {
    case 'http/1.1':
      return bytes.toString(16).length + 4;
    case 'h2':
      return FRAME_HEADER * Math.ceil(bytes / MOST_IN_FRAME);
    case 'h3':
      return 1 + integerLength(bytes);
  }
}

/** The end of a body of unknown length: the last chunk `0`, an empty DATA frame, or in HTTP/3 the end of the QUIC stream. */
export function endFraming(http: HttpVersion): Bytes {
  return { 'http/1.1': 5, h2: FRAME_HEADER, h3: 0 }[http];
}

/** Around a block of header fields, beside its own bytes. */
export function headerFraming(block: Bytes, http: HttpVersion): Bytes {
  if (http === 'http/1.1') return 0;
  return pieceFraming(block, http);
}

export const FRAME_HEADER: Bytes = 9;
const MOST_IN_FRAME: Bytes = 16_384;

/** RFC 9000 section 16. */
function integerLength(value: number): Bytes {
  if (value < 64) return 1;
  if (value < 16_384) return 2;
  return value < 1_073_741_824 ? 4 : 8;
}
