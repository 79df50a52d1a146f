import { formatCountOf } from '../../core/format.ts';
import { Gunzip, Unzlib } from 'fflate';
import type { ProtocolId } from '../../core/decoded/decoded.ts';
import { inflateZstd } from '../zstd/inflate-zstd.ts';
import { utf8TextOf } from './exact.ts';
import type { Found } from './format.ts';
import { type Inflated, inflateWith, type StartInflating } from './inflated.ts';
import { isGzip, isZlib, isZstd } from './magic.ts';
import { isPrintable } from './printable.ts';

export const startGunzip: StartInflating = (take) => new Gunzip(take);
export const startUnzlib: StartInflating = (take) => new Unzlib(take);

/** What compressed bytes were: text where it is text that somebody wrote. */
export function inflatedLayer(
  protocol: ProtocolId,
  { bytes, stop }: Inflated,
  from: number,
): Found {
  const text = utf8TextOf(bytes);
  const payload = text !== undefined && isPrintable(text) ? text : bytes;
  const summary = `${formatCountOf(bytes.length, 'byte')} of ${formatCountOf(from, 'compressed byte')}`;
  return {
    layer: {
      protocol,
      summary,
      ...(bytes.length > 0 && { content: { as: 'payload', payload } }),
    },
    ...(stop !== undefined && { stop }),
  };
}

export function findGzip(bytes: Uint8Array): Found | undefined {
  if (!isGzip(bytes)) return undefined;
  return inflatedLayer('gzip', inflateWith(startGunzip, bytes), bytes.length);
}

/** Two bytes are no magic: without a whole stream nothing is claimed. */
export function findZlib(bytes: Uint8Array): Found | undefined {
  if (!isZlib(bytes)) return undefined;
  const inflated = inflateWith(startUnzlib, bytes);
  if (inflated.stop !== undefined || inflated.bytes.length === 0) return undefined;
  return checkOf(inflated.bytes) === lastWord(bytes)
    ? inflatedLayer('deflate', inflated, bytes.length)
    : undefined;
}

export const findZstd = (bytes: Uint8Array): Found | undefined =>
  isZstd(bytes) ? inflatedLayer('zstd', inflateZstd(bytes), bytes.length) : undefined;

/** Adler-32 (RFC 1950 section 8.2). The library does not compare it. */
function checkOf(bytes: Uint8Array): number {
  const [base, mostAtOnce] = [65521, 3800];
  let [a, b] = [1, 0];
  for (let from = 0; from < bytes.length; from += mostAtOnce) {
    const to = Math.min(from + mostAtOnce, bytes.length);
    for (let at = from; at < to; at += 1) {
      a += bytes[at] ?? 0;
      b += a;
    }
    a %= base;
    b %= base;
  }
  return b * 65536 + a;
}

const lastWord = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4);
