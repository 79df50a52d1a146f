import { claimByShare, isBinary } from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { endsFlushed, isZlib } from './formats/magic.ts';

/** zlib streams (RFC 1950): one for each message, or one that goes on from message to message. */
export const deflate: Decoder = {
  id: 'deflate',
  isCarrier: true,
  recognise: (look) => flushedClaim(look) ?? separateClaim(look),
  load: async () => (await import('./formats/deflate-codec.ts')).deflateCodec,
};

const flushedClaim = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: endsFlushed,
    atLeast: 2,
    confidence: 0.85,
    are: 'end with the empty block of a flushed zlib stream',
  });

/** Two bytes of five hundred pairs begin a stream: that many in a row are no chance. */
const separateClaim = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: isZlib,
    atLeast: 3,
    confidence: 0.7,
    are: 'begin with the header of zlib',
  });
