import type { Codec } from '../decoder.ts';
import { decodedOf, unfoldedMessage } from './format-codec.ts';
import { findXml, rootElementOf } from './xml-text.ts';

/** What a message is, its first element says. */
export const xmlCodec: Codec = {
  createReader: () => ({
    read: (message) => {
      const { payload } = message;
      const found = typeof payload === 'string' ? findXml(payload) : undefined;
      return found === undefined || typeof payload !== 'string'
        ? unfoldedMessage(message)
        : decodedOf(found, rootElementOf(payload));
    },
  }),
};
