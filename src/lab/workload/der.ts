/** Writes what a certificate is made of: DER, the binary form of ASN.1 (ITU-T X.690). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  object: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  /** `[n]`, with a value inside. */
  explicit: (n: number): number => 0xa0 + n,
  /** `[n]`, in place of the value's own tag. */
  implicit: (n: number): number => 0x80 + n,
} as const;

export function der(tag: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as Uint8Array)));
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer =>
  der(TAG.sequence, ...content);

/** A bit string of whole bytes. */
export const bits = (content: Uint8Array): Buffer => der(TAG.bits, Buffer.from([0]), content);

/** `2.5.29.17` */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let high = arc >>> 7; high > 0; high >>>= 7) groups.unshift((high & 0x7f) | 0x80);
    return groups;
  });
  return der(TAG.object, Buffer.from([first * 40 + second, ...bytes]));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let high = length; high > 0; high >>>= 8) bytes.unshift(high & 0xff);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}
