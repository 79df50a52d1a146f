/** More was made of compressed bytes than is allowed. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}
