import {
  claimByContentType,
  claimByShare,
  claimBySubprotocol,
  isBinary,
} from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { isWholeContainer } from './formats/credence.ts';
import { readMsgpack } from './formats/read-msgpack.ts';

/** MessagePack (https://msgpack.org), each message one or more values. */
export const msgpack: Decoder = {
  id: 'msgpack',
  recognise: (look) =>
    claimByContentType(look, /^application\/(?:(?:x-|vnd\.)?msgpack|[^/]+\+msgpack)$/u) ??
    claimBySubprotocol(look, /^msgpack$/iu) ??
    claimByShape(look),
  load: async () => (await import('./formats/codecs.ts')).msgpackCodec,
};

const claimByShape = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: (bytes) => isWholeContainer(readMsgpack(bytes), bytes),
    atLeast: 2,
    confidence: 0.65,
    are: 'are one whole MessagePack map or array',
  });
