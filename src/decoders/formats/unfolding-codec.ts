import type { Codec } from '../decoder.ts';
import { unfold } from './unfold.ts';

/** Reads each message by itself, as the formats show themselves. */
export const unfoldingCodec: Codec = {
  createReader: () => ({
    read: ({ payload }) => {
      const { layers, failure } = unfold(payload);
      return { parts: [{ layers }], ...(failure !== undefined && { failure }) };
    },
  }),
};
