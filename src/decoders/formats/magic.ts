/** Whether bytes have these at a place. */
export const hasBytesAt = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, i) => bytes[at + i] === byte);

export const hasTextAt = (bytes: Uint8Array, at: number, wanted: string): boolean =>
  hasBytesAt(
    bytes,
    at,
    Array.from(wanted, (character) => character.charCodeAt(0)),
  );

/** RFC 1952 section 2.3: the magic, the only method there is, and no reserved flag. */
export const isGzip = (bytes: Uint8Array): boolean =>
  bytes.length >= 18 && hasBytesAt(bytes, 0, [0x1f, 0x8b, 8]) && ((bytes[3] ?? 0xff) & 0xe0) === 0;

/** RFC 1950 section 2.2: method 8, a window of at most 32 KiB, no preset dictionary, and the check of the two. */
export function isZlib(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  const isHeader = (method & 0x0f) === 8 && method >> 4 <= 7 && (flags & 0x20) === 0;
  return bytes.length >= 3 && isHeader && (method * 256 + flags) % 31 === 0;
}

/** RFC 8878 section 3.1.1 */
export const isZstd = (bytes: Uint8Array): boolean =>
  bytes.length >= 9 && hasBytesAt(bytes, 0, [0x28, 0xb5, 0x2f, 0xfd]);

/** An empty stored block, as `Z_SYNC_FLUSH` leaves it at the end (RFC 1951 section 3.2.4; RFC 7692 section 7.2.1). */
export const endsFlushed = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && hasBytesAt(bytes, bytes.length - 4, [0, 0, 0xff, 0xff]);

/** Compressed bytes that say so. */
export const isKnownMagic = (bytes: Uint8Array): boolean => isGzip(bytes) || isZstd(bytes);
