import { claimByContentType, claimByShare, isText } from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { jsonLinesOf } from './formats/json-text.ts';

const CONTENT_TYPE =
  /^(?:application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)|application\/(?:json-seq|stream\+json|x-json-stream)|text\/(?:x-)?ndjson)$/u;

/** JSON values a line each, several in a message. */
export const ndjson: Decoder = {
  id: 'ndjson',
  isCarrier: true,
  recognise: (look) => claimByLines(look) ?? claimByContentType(look, CONTENT_TYPE),
  load: async () => (await import('./formats/lines-codec.ts')).linesCodec,
};

/** A last message, or one of a quiet moment, may have a single line: half of them are enough. */
function claimByLines(look: ChannelLook): Claim | undefined {
  return claimByShare(look, {
    isOfType: isText,
    passes: (text) => jsonLinesOf(text) !== undefined,
    atLeast: 1,
    confidence: 0.75,
    are: 'are lines of JSON objects or lists',
  });
}
