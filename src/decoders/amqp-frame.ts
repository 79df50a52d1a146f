import type { Stop } from './formats/byte-cursor.ts';

/** `AMQP`, with which each side says the protocol and its version (AMQP 1.0, 2.2). */
export const MAGIC = 0x414d5150;
const HEADER = 8;

export function uint32At(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return a * 2 ** 24 + (b << 16) + (c << 8) + d;
}

/** A protocol header, or a frame that begins with its size (2.3). */
export function measureAmqp(bytes: Uint8Array, at: number): number | Stop | undefined {
  if (at + HEADER > bytes.length) return undefined;
  const size = uint32At(bytes, at);
  if (size === MAGIC) return HEADER;
  if (size < HEADER) return { offset: at, reason: `a frame of ${size} bytes is too short` };
  const words = bytes[at + 4] ?? 0;
  const type = bytes[at + 5] ?? 0;
  if (words < 2 || words * 4 > size) {
    return { offset: at + 4, reason: `the body of a frame cannot begin at word ${words}` };
  }
  return type > 1 ? { offset: at + 5, reason: `there is no frame type ${type}` } : size;
}
