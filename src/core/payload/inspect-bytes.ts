import { visibleTextOf } from './visible-text.ts';

/** What the bytes from one place on mean as a number; `undefined` where too few are left. */
export interface Reading {
  type: string;
  littleEndian: string | undefined;
  bigEndian: string | undefined;
}

type Read = (view: DataView, isLittle: boolean) => number | bigint;

const TYPES: readonly { type: string; size: number; read: Read }[] = [
  { type: 'int8', size: 1, read: (view) => view.getInt8(0) },
  { type: 'uint8', size: 1, read: (view) => view.getUint8(0) },
  { type: 'int16', size: 2, read: (view, isLittle) => view.getInt16(0, isLittle) },
  { type: 'uint16', size: 2, read: (view, isLittle) => view.getUint16(0, isLittle) },
  { type: 'int32', size: 4, read: (view, isLittle) => view.getInt32(0, isLittle) },
  { type: 'uint32', size: 4, read: (view, isLittle) => view.getUint32(0, isLittle) },
  { type: 'int64', size: 8, read: (view, isLittle) => view.getBigInt64(0, isLittle) },
  { type: 'uint64', size: 8, read: (view, isLittle) => view.getBigUint64(0, isLittle) },
  { type: 'float32', size: 4, read: (view, isLittle) => view.getFloat32(0, isLittle) },
  { type: 'float64', size: 8, read: (view, isLittle) => view.getFloat64(0, isLittle) },
];

/** `-0` is a float of its own. */
const textOf = (value: number | bigint): string => (Object.is(value, -0) ? '-0' : String(value));

export function readNumbers(bytes: Uint8Array, at: number): Reading[] {
  const left = Math.max(0, bytes.length - at);
  return TYPES.map(({ type, size, read }) => {
    if (left < size) return { type, littleEndian: undefined, bigEndian: undefined };
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
    return { type, littleEndian: textOf(read(view, true)), bigEndian: textOf(read(view, false)) };
  });
}

/** How many bytes a UTF-8 sequence has, by its first (Unicode, table 3-7); 0 where none begins so. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** The character that begins at a byte, as `é U+00E9`; `undefined` where none does. */
export function readCharacter(bytes: Uint8Array, at: number): string | undefined {
  const length = sequenceLength(bytes[at] ?? 0xff);
  if (length === 0 || at + length > bytes.length) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const character = decoder.decode(bytes.subarray(at, at + length));
    const shown = visibleTextOf(character, 'lines');
    const codePoint = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return shown === character && character.trim() !== ''
      ? `${character}  U+${codePoint}`
      : `U+${codePoint}`;
  } catch {
    // A lead byte without its followers is no character.
    return undefined;
  }
}
