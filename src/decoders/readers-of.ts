import type { Carrier, Codec, Reader } from './decoder.ts';

/** The readers of a channel, one for each connection; of polling one for all, for what one poll begins another completes. */
export function createReaders({
  createReader,
}: Codec): (connection: number, carrier: Carrier) => Reader {
  const readers = new Map<number, Reader>();
  return (connection, carrier) => {
    const scope = carrier.transport === 'polling' ? 0 : connection;
    const known = readers.get(scope);
    if (known !== undefined) return known;
    const fresh = createReader(carrier);
    readers.set(scope, fresh);
    return fresh;
  };
}
