import { formatCountOf } from '../../core/format.ts';
import { base64ToBytes } from '../../core/byte-text.ts';
import type { Found } from './format.ts';

const SHORTEST = 24;
/** Beyond, bytes that nobody knows are no word and no identifier. */
const CLEARLY_LONG = 64;
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*;base64,/u;
const ALPHABET = /^[A-Za-z0-9+/]+={0,2}\s*$/u;
const URL_ALPHABET = /^[A-Za-z0-9_-]+={0,2}\s*$/u;
const HEX = /^[0-9A-Fa-f]+$/u;

export interface Base64 {
  readonly bytes: Uint8Array;
  /** Of a data URL. */
  readonly mediaType?: string;
  /** By its letters alone: long, mixed, and padded as it must be. */
  readonly isSure: boolean;
}

/** Text that has the form of base64 (RFC 4648), with or without `data:` before it. Line breaks inside are MIME's. */
export function base64Of(text: string): Base64 | undefined {
  const dataUrl = text.startsWith('data:') ? DATA_URL.exec(text.slice(0, 256)) : null;
  if (dataUrl !== null) {
    const bytes = base64ToBytes(text.slice(dataUrl[0].length));
    const mediaType = dataUrl[1];
    return bytes && { bytes, isSure: true, ...(mediaType !== undefined && { mediaType }) };
  }
  if (text.length < SHORTEST) return undefined;
  const letters = text.includes('\n') ? text.replaceAll(/\r?\n/gu, '') : text;
  if (letters.length % 4 !== 0 || HEX.test(letters)) return undefined;
  const isUrl = !ALPHABET.test(letters);
  if (isUrl && !URL_ALPHABET.test(letters)) return undefined;
  const standard = isUrl ? letters.replaceAll('-', '+').replaceAll('_', '/') : letters;
  const bytes = base64ToBytes(standard);
  return bytes && { bytes, isSure: letters.length >= CLEARLY_LONG && isMixed(letters) };
}

/** Words have no such mixture. */
const isMixed = (letters: string): boolean =>
  /[a-z]/u.test(letters) &&
  /[A-Z]/u.test(letters) &&
  /[0-9]/u.test(letters) &&
  /[+/=]/u.test(letters);

export function base64Layer({ bytes, mediaType }: Base64): Found {
  const type = mediaType === undefined ? '' : `${mediaType}, `;
  return {
    layer: {
      protocol: 'base64',
      summary: `${type}${formatCountOf(bytes.length, 'byte')}`,
      content: { as: 'payload', payload: bytes },
    },
  };
}
