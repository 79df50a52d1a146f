import { claimByContentType, claimByShare, claimBySubprotocol, isText } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { rootElementOf } from './formats/xml-text.ts';

/** XML, and HTML in pieces (XMPP, Turbo Streams, htmx): shown as text, never rendered. */
export const xml: Decoder = {
  id: 'xml',
  recognise: (look) =>
    claimBySubprotocol(look, /^xmpp$/iu) ??
    claimByContentType(look, /^(?:(?:application|text)\/xml|[^/]+\/[^/]+\+xml)$/u) ??
    claimByShare(look, {
      isOfType: isText,
      passes: (text) => rootElementOf(text) !== undefined,
      atLeast: 1,
      confidence: 0.65,
      are: 'begin with an element and end with the end of one',
    }),
  load: async () => (await import('./formats/xml-codec.ts')).xmlCodec,
};
