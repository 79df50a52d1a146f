import { claimByContentType, claimByShare, isBinary } from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { cutFrames } from './formats/grpc-frames.ts';

/** gRPC-Web with its text form, and the streams of the Connect protocol: frames around Protobuf or JSON. */
export const grpcWeb: Decoder = {
  id: 'grpc-web',
  isCarrier: true,
  recognise: (look) =>
    claimByContentType(look, /^application\/(?:grpc-web(?:-text)?|connect)(?:\+\w+)?$/u) ??
    claimByShape(look),
  load: async () => (await import('./grpc-web-codec.ts')).grpcWebCodec,
};

const claimByShape = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: isWholeFrames,
    atLeast: 2,
    confidence: 0.8,
    are: 'are frames with flags and a length that is right',
  });

function isWholeFrames(bytes: Uint8Array): boolean {
  const { frames, rest, stop } = cutFrames(bytes);
  return frames.length > 0 && rest.length === 0 && stop === undefined;
}
