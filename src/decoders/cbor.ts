import {
  claimByContentType,
  claimByShare,
  claimBySubprotocol,
  isBinary,
} from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { isSelfDescribed, isWholeContainer } from './formats/credence.ts';
import { readCbor } from './formats/read-cbor.ts';

/** CBOR (RFC 8949), each message one or more items. */
export const cbor: Decoder = {
  id: 'cbor',
  recognise: (look) =>
    claimByContentType(look, /^application\/(?:cbor|cbor-seq|[^/]+\+cbor)$/u) ??
    claimBySubprotocol(look, /^cbor$/iu) ??
    claimByMagic(look) ??
    claimByShape(look),
  load: async () => (await import('./formats/codecs.ts')).cborCodec,
};

const claimByMagic = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: isSelfDescribed,
    atLeast: 1,
    confidence: 0.95,
    are: 'begin with the tag of self-described CBOR',
  });

const claimByShape = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: (bytes) => isWholeContainer(readCbor(bytes), bytes),
    atLeast: 2,
    confidence: 0.62,
    are: 'are one whole CBOR map or array',
  });
