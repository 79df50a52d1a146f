import { claimByContentType, claimByShare, isText } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { looksLikeForm } from './formats/form-text.ts';

/** Fields and values as forms send them (WHATWG URL, “application/x-www-form-urlencoded”). */
export const form: Decoder = {
  id: 'form',
  recognise: (look) =>
    claimByContentType(look, /^application\/x-www-form-urlencoded$/u) ??
    claimByShare(look, {
      isOfType: isText,
      passes: looksLikeForm,
      atLeast: 1,
      confidence: 0.6,
      are: 'are names and values joined by “=” and “&”',
    }),
  load: async () => (await import('./formats/codecs.ts')).formCodec,
};
