import type { Bytes } from '../units.ts';

/** Lengths of the codes of RFC 7541 appendix B, in bits, by the characters that header fields are made of. */
const CODES: readonly (readonly [bits: number, characters: string])[] = [
  [5, '012aceiost'],
  [6, ' %-./3456789=A_bdfghlmnpru'],
  [7, ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz'],
  [8, '&*,;XZ'],
  [10, '!"()?'],
  [11, "'+|"],
  [12, '#>'],
  [13, '$@[]~'],
  [14, '^}'],
  [15, '<`{'],
  [19, '\\'],
];
/** All others are rare in header fields, and their codes this long or longer. */
const OTHERS = 20;

const BITS = new Map(
  CODES.flatMap(([bits, characters]) => Array.from(characters, (each) => [each, bits] as const)),
);

/** The length of a text in the Huffman code of HPACK, filled up to whole bytes (RFC 7541 section 5.2). */
export function huffmanLength(text: string): Bytes {
  let bits = 0;
  for (const character of text) bits += BITS.get(character) ?? OTHERS;
  return Math.ceil(bits / 8);
}
