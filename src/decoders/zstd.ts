import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { isZstd } from './formats/magic.ts';

/** Messages that are Zstandard frames (RFC 8878), with something else inside. */
export const zstd: Decoder = {
  id: 'zstd',
  isCarrier: true,
  recognise: (look) =>
    claimByShare(look, {
      isOfType: isBinary,
      passes: isZstd,
      atLeast: 1,
      confidence: 0.95,
      are: 'begin with the magic of Zstandard',
    }),
  load: async () => (await import('./formats/codecs.ts')).zstdCodec,
};
