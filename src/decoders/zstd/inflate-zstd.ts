import { MOST_INFLATED } from '../decoder.ts';
import type { Inflated } from '../formats/inflated.ts';
import { isZstd } from '../formats/magic.ts';
import { TooMuch } from '../formats/too-much.ts';
import { Damage } from './damage.ts';
import { readFrame } from './frame.ts';
import { ZstdOutput } from './output.ts';

/** Frames for other programs: a magic with sixteen forms, and a length (RFC 8878 section 3.1.2). */
function skippableLength(bytes: Uint8Array): number | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isSkippable = (view.getUint32(0, true) & 0xfffffff0) >>> 0 === 0x184d2a50;
  return isSkippable ? 8 + view.getUint32(4, true) : undefined;
}

/**
 * Decompresses Zstandard (RFC 8878). Checksums are not compared, and dictionaries are not in the traffic.
 * Libraries trust the lengths inside a block: bytes that lie keep them busy for minutes.
 */
export function inflateZstd(source: Uint8Array, most = MOST_INFLATED): Inflated {
  const output = new ZstdOutput(most);
  let offset = 0;
  try {
    while (offset < source.length) {
      const rest = source.subarray(offset);
      if (!isZstd(rest) && skippableLength(rest) === undefined)
        throw new Damage('no frame begins here');
      offset += skippableLength(rest) ?? readFrame(rest, output);
    }
    return { bytes: output.bytes.slice() };
  } catch (error) {
    if (!(error instanceof Damage) && !(error instanceof TooMuch)) throw error;
    const reason =
      error instanceof TooMuch ? `it becomes more than ${most / 2 ** 20} MiB` : error.message;
    return { bytes: output.bytes.slice(), stop: { offset, reason } };
  }
}
