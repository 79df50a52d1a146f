import type { Payload } from '../facts.ts';
import { isJson, looksLikeJson } from './json-scan.ts';

/** What a payload is as JSON: `long` where trying takes so long that a person should ask for it. */
export type JsonReading = { kind: 'json'; text: string } | { kind: 'long' } | { kind: 'none' };

/** Bytes before the first that is not white space; enough for any indentation. */
const HEAD = 256;

/** Reads bytes as well, strictly: what a sender put in a Blob can be JSON still. */
export function readJson(payload: Payload, most: number): JsonReading {
  if (!looksLikeJson(textOf(payload.slice(0, HEAD)))) return { kind: 'none' };
  if (payload.length > most) return { kind: 'long' };
  const text = exactTextOf(payload);
  return text !== undefined && isJson(text) ? { kind: 'json', text } : { kind: 'none' };
}

function exactTextOf(payload: Payload): string | undefined {
  if (typeof payload === 'string') return payload;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return undefined;
  }
}

/** Any payload as text: what is no UTF-8 becomes U+FFFD. */
export const textOf = (payload: Payload): string =>
  typeof payload === 'string'
    ? payload
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);

/** Any payload as bytes: text as the UTF-8 that went over the wire. */
export const bytesOf = (payload: Payload): Uint8Array =>
  typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
