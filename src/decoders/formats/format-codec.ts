import type { Decoded, WireMessage } from '../../core/decoded/decoded.ts';
import type { Codec } from '../decoder.ts';
import type { Found } from './format.ts';
import { unfold } from './unfold.ts';

/** A codec that reads each message by itself; one that is not of its data type shows what it is. */
export const createFormatCodec = (read: (message: WireMessage) => Found | undefined): Codec => ({
  createReader: () => ({
    read: (message) => {
      const found = read(message);
      return found === undefined ? unfoldedMessage(message) : decodedOf(found);
    },
  }),
});

/** One part, or none where nothing could be read. */
export function decodedOf({ layer, stop }: Found, kind?: string): Decoded {
  const isEmpty = stop !== undefined && layer.content === undefined;
  return {
    parts: isEmpty ? [] : [{ layers: [layer], ...(kind !== undefined && { kind }) }],
    ...(stop !== undefined && { failure: { ...stop, layer: layer.protocol } }),
  };
}

export function unfoldedMessage({ payload }: WireMessage): Decoded {
  const { layers, failure } = unfold(payload);
  return { parts: [{ layers }], ...(failure !== undefined && { failure }) };
}
