import type { Decoded } from '../../core/decoded/decoded.ts';
import type { Direction } from '../../core/facts.ts';
import type { Codec } from '../decoder.ts';
import { findZlib, inflatedLayer, startUnzlib } from './compressed.ts';
import { decodedOf, unfoldedMessage } from './format-codec.ts';
import { inflateWith, type StartInflating } from './inflated.ts';
import { endsFlushed, isZlib } from './magic.ts';

/**
 * Each message is a zlib stream of its own, or all of one direction are one stream that is flushed after each
 * message (RFC 1950; `Z_SYNC_FLUSH`). Of the latter no message can be read without all before it.
 */
export const deflateCodec: Codec = {
  createReader: () => {
    const streams = new Map<Direction, Shared | 'lost'>();

    function readFlushed(payload: Uint8Array, direction: Direction): Decoded {
      if (isZlib(payload)) streams.set(direction, startShared());
      const stream = streams.get(direction);
      if (stream === undefined || stream === 'lost') return lost(stream);
      const inflated = inflateWith(stream.into, payload, false);
      if (inflated.stop !== undefined) streams.set(direction, 'lost');
      return decodedOf(inflatedLayer('deflate', inflated, payload.length));
    }

    return {
      read: (message) => {
        const { payload, direction } = message;
        if (typeof payload === 'string') return unfoldedMessage(message);
        if (endsFlushed(payload)) return readFlushed(payload, direction);
        const found = findZlib(payload);
        return found === undefined ? unfoldedMessage(message) : decodedOf(found);
      },
    };
  },
};

const LOST = {
  undefined: 'its stream began before what is here, and nothing of it can be read without that',
  lost: 'its stream was damaged before',
};

const lost = (why: 'lost' | undefined): Decoded => ({
  parts: [],
  failure: { offset: 0, reason: LOST[why ?? 'undefined'], layer: 'deflate' },
});

/** A decompressor that goes on from message to message. */
interface Shared {
  readonly into: StartInflating;
}

function startShared(): Shared {
  let takeNow: (bytes: Uint8Array) => void = () => undefined;
  const stream = startUnzlib((bytes) => {
    takeNow(bytes);
  });
  return {
    into: (take) => {
      takeNow = take;
      return stream;
    },
  };
}
