import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { findImage } from './formats/media.ts';

/** Images: each message is a whole file, by its magic. */
export const image: Decoder = {
  id: 'image',
  recognise: (look) =>
    claimByShare(look, {
      isOfType: isBinary,
      passes: (bytes) => findImage(bytes) !== undefined,
      atLeast: 1,
      confidence: 0.9,
      are: 'begin with the magic of an image',
    }),
  load: async () => (await import('./formats/codecs.ts')).imageCodec,
};
