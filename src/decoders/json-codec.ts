import type { Part, ProtocolId, WireMessage } from '../core/decoded/decoded.ts';
import type { Carrier, Codec } from './decoder.ts';
import { type JsonObject, readJsonObject } from './json-parts.ts';
import { failed, onePart } from './result.ts';

/** What an object amounts to; `undefined` where it is none of the protocol's. */
export type ReadObject = (object: JsonObject, message: WireMessage) => Part | undefined;

/** A protocol whose every message is one JSON object. */
export const createJsonCodec = (
  protocol: ProtocolId,
  createRead: (carrier: Carrier) => ReadObject,
): Codec => ({
  createReader: (carrier) => {
    const read = createRead(carrier);
    return {
      read: (message) => {
        const { payload } = message;
        const object = typeof payload === 'string' ? readJsonObject(payload) : undefined;
        if (object === undefined) return failed(protocol, 0, 'a JSON object was expected');
        const part = read(object, message);
        return part === undefined
          ? failed(protocol, 0, 'an object that the protocol does not know')
          : onePart(part);
      },
    };
  },
});
