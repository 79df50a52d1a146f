import type { Bytes } from '../units.ts';

/** A compressor (RFC 1951) that remembers what it has compressed. */
export interface DeflateStream {
  /** How many bytes the piece adds, flushed to the end of a byte as by zlib's `Z_SYNC_FLUSH`: the last four are 00 00 FF FF. */
  add: (piece: Uint8Array) => Promise<Bytes>;
  close: () => void;
}

/** Whoever measures brings a compressor along: zlib in Node, one in a worker in the panel. */
export type StartDeflate = () => DeflateStream;
