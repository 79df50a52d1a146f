/** What cannot be read of compressed bytes; thrown inside a decompressor, and told as a failure by it. */
export class Damage extends Error {
  override readonly name = 'Damage';
}
