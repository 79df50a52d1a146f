import { isJson, looksLikeJson } from '../core/payload/json-scan.ts';
import type { Decoder } from './decoder.ts';

/** JSON in texts (RFC 8259): objects and lists; a lone number or word is text. */
export const json: Decoder = {
  id: 'json',
  recognise: ({ samples }) => {
    const texts = samples.flatMap(({ payload }) => (typeof payload === 'string' ? [payload] : []));
    const count = texts.filter((each) => looksLikeJson(each) && isJson(each)).length;
    if (count === 0 || count < texts.length / 2) return undefined;
    return {
      confidence: 0.6,
      evidence: [`${count} of ${texts.length} texts looked at are whole JSON objects or lists`],
    };
  },
  load: async () => (await import('./formats/unfolding-codec.ts')).unfoldingCodec,
};
