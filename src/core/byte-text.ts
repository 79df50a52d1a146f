/** `String.fromCharCode` takes its bytes as arguments; engines bound how many. */
const BYTES_AT_ONCE = 0x8000;

/** Bytes as base64 (RFC 4648 section 4). */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + BYTES_AT_ONCE));
  }
  return btoa(binary);
}

/**
 * The bytes of a base64 text, read as forgivingly as `atob` does (WHATWG Infra, "forgiving-base64").
 * @returns `undefined` where the text is no base64
 */
export function base64ToBytes(base64: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
