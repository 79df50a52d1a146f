import type { Codec } from '../decoder.ts';
import { unfoldedMessage } from './format-codec.ts';
import { jsonLinesOf } from './json-text.ts';

/** Each line is a part of its own, and what it holds is looked into. */
export const linesCodec: Codec = {
  createReader: () => ({
    read: (message) => {
      const { payload } = message;
      const lines = typeof payload === 'string' ? jsonLinesOf(payload) : undefined;
      if (lines === undefined) return unfoldedMessage(message);
      return {
        parts: lines.map((line, i) => ({
          layers: [
            {
              protocol: 'ndjson',
              summary: `line ${i + 1} of ${lines.length}`,
              content: { as: 'payload', payload: line },
            },
          ],
        })),
      };
    },
  }),
};
