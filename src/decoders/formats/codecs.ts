import { createFormatCodec } from './format-codec.ts';
import { base64Layer, base64Of } from './base64-text.ts';
import { findGzip, findZstd } from './compressed.ts';
import { readForm } from './form-text.ts';
import { findAudio, findImage } from './media.ts';
import { readCbor } from './read-cbor.ts';
import { readMsgpack } from './read-msgpack.ts';
import { valuesFound } from './value-formats.ts';

/** What is read message by message, once the channel is known to speak it. */
export const gzipCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' ? undefined : findGzip(payload),
);

export const zstdCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' ? undefined : findZstd(payload),
);

export const imageCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' ? undefined : findImage(payload),
);

export const audioCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' ? undefined : findAudio(payload),
);

export const msgpackCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' || payload.length === 0
    ? undefined
    : valuesFound('msgpack', readMsgpack(payload)),
);

export const cborCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' || payload.length === 0
    ? undefined
    : valuesFound('cbor', readCbor(payload)),
);

export const formCodec = createFormatCodec(({ payload }) =>
  typeof payload === 'string' && payload.includes('=') ? readForm(payload) : undefined,
);

export const base64Codec = createFormatCodec(({ payload }) => {
  const base64 = typeof payload === 'string' ? base64Of(payload) : undefined;
  return base64 && base64Layer(base64);
});
