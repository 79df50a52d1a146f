import { isMap } from '../core/decoded/data.ts';
import {
  claimByContentType,
  claimByShare,
  claimBySubprotocol,
  isBinary,
} from './claim-by-share.ts';
import { type ChannelLook, type Claim, type Decoder, SAMPLE_LENGTH } from './decoder.ts';
import { hasUsualNumbers } from './formats/credence.ts';
import { readProtobuf } from './formats/read-protobuf.ts';

/** gRPC-Web carries Protobuf where its content type says nothing else. */
const CONTENT_TYPE =
  /^application\/(?:(?:x-|vnd\.google\.)?proto(?:buf)?|grpc-web(?:-text)?|[^/]+\+proto(?:buf)?)$/u;

/** Protocol Buffers, by the user's `.proto` files or without a schema. */
export const protobuf: Decoder = {
  id: 'protobuf',
  recognise: (look) =>
    claimByContentType(look, CONTENT_TYPE) ??
    claimBySubprotocol(look, /^(?:proto|protobuf)$/iu) ??
    claimByShape(look),
  load: async () => (await import('./formats/protobuf-codec.ts')).protobufCodec,
};

/** Much parses as Protobuf by chance, so it takes several messages, all of them whole, and claims little. */
function claimByShape(look: ChannelLook): Claim | undefined {
  return claimByShare(look, {
    isOfType: isBinary,
    passes: isLikelyMessage,
    atLeast: 3,
    confidence: 0.55,
    are: 'are whole Protobuf messages with usual field numbers',
  });
}

function isLikelyMessage(bytes: Uint8Array): boolean {
  const { data, stop } = readProtobuf(bytes);
  const isWhole = stop === undefined || bytes.length >= SAMPLE_LENGTH;
  return isWhole && bytes.length >= 4 && isMap(data) && hasUsualNumbers(data.entries);
}
