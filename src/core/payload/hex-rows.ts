const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

export const hexOfByte = (byte: number): string => HEX[byte] ?? '??';

/** Printable ASCII as itself, everything else as a dot. */
export const asciiOfByte = (byte: number): string =>
  byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';

export const countHexRows = (byteCount: number, perRow: number): number =>
  Math.ceil(byteCount / perRow);

/** The offset of a row, as wide as the last one's. */
export function offsetLabel(offset: number, byteCount: number): string {
  const digits = Math.max(4, Math.max(0, byteCount - 1).toString(16).length);
  return offset.toString(16).padStart(digits, '0');
}

/** All bytes in hexadecimal, without spaces. */
export function hexOf(bytes: Uint8Array): string {
  const blocks: string[] = [];
  for (let start = 0; start < bytes.length; start += 4_096) {
    let block = '';
    for (const byte of bytes.subarray(start, start + 4_096)) block += hexOfByte(byte);
    blocks.push(block);
  }
  return blocks.join('');
}
