import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { findAudio } from './formats/media.ts';

/** Audio: each message is a whole file, by its magic. */
export const audio: Decoder = {
  id: 'audio',
  recognise: (look) =>
    claimByShare(look, {
      isOfType: isBinary,
      passes: (bytes) => findAudio(bytes) !== undefined,
      atLeast: 1,
      confidence: 0.9,
      are: 'begin with the magic of audio',
    }),
  load: async () => (await import('./formats/codecs.ts')).audioCodec,
};
