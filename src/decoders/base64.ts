import { claimByShare, isText } from './claim-by-share.ts';
import { type Decoder, SAMPLE_LENGTH } from './decoder.ts';
import { type Base64, base64Of } from './formats/base64-text.ts';
import { isCredible } from './formats/credence.ts';
import { utf8TextOf } from './formats/exact.ts';
import { isKnownMagic } from './formats/magic.ts';
import { findImage } from './formats/media.ts';
import { isPrintable } from './formats/printable.ts';
import { readCbor } from './formats/read-cbor.ts';
import { readMsgpack } from './formats/read-msgpack.ts';

/** Bytes written as text (RFC 4648), with something else inside. */
export const base64: Decoder = {
  id: 'base64',
  isCarrier: true,
  recognise: (look) => {
    const claim = claimByShare(look, {
      isOfType: isText,
      passes: (text) => formOf(text) !== undefined,
      atLeast: 1,
      confidence: 0.7,
      are: 'are base64, long and mixed or with something known inside',
    });
    const forms = look.samples.flatMap(({ payload }) =>
      isText(payload) ? (formOf(payload) ?? []) : [],
    );
    // Words and identifiers have the form too: what is inside decides.
    return forms.filter(isCredibleInside).length < forms.length / 2 ? undefined : claim;
  },
  load: async () => (await import('./formats/codecs.ts')).base64Codec,
};

/** A sample may be cut. */
const formOf = (text: string): Base64 | undefined =>
  base64Of(text.length < SAMPLE_LENGTH ? text : text.slice(0, SAMPLE_LENGTH - 4));

function isCredibleInside({ bytes, isSure }: Base64): boolean {
  if (isSure || isKnownMagic(bytes) || findImage(bytes) !== undefined) return true;
  if (isCredible(readMsgpack(bytes)) || isCredible(readCbor(bytes))) return true;
  const inside = utf8TextOf(bytes);
  return inside !== undefined && isPrintable(inside);
}
