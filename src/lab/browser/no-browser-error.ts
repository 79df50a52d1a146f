/** There is no browser to be had; the message is one line that says what to do. */
export class NoBrowserError extends Error {
  override name = 'NoBrowserError';
}
