import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { isGzip } from './formats/magic.ts';

/** Messages that are gzip members (RFC 1952), with something else inside. */
export const gzip: Decoder = {
  id: 'gzip',
  isCarrier: true,
  recognise: (look) =>
    claimByShare(look, {
      isOfType: isBinary,
      passes: isGzip,
      atLeast: 1,
      confidence: 0.95,
      are: 'begin with the magic of gzip',
    }),
  load: async () => (await import('./formats/codecs.ts')).gzipCodec,
};
