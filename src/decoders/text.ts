import type { Decoder } from './decoder.ts';

/** Text that is nothing else. */
export const text: Decoder = {
  id: 'text',
  recognise: ({ samples }) => {
    const count = samples.filter(({ payload }) => typeof payload === 'string').length;
    if (count === 0 || count < samples.length / 2) return undefined;
    return {
      confidence: 0.5,
      evidence: [`${count} of ${samples.length} messages looked at are text`],
    };
  },
  load: async () => (await import('./formats/unfolding-codec.ts')).unfoldingCodec,
};
