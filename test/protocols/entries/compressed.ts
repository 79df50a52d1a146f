import { once } from 'node:events';
import { constants, createDeflate, gunzipSync, gzipSync } from 'node:zlib';
import { compress, decompress, init } from '@bokuweb/zstd-wasm';
import { decode, encode } from '@msgpack/msgpack';
import { feedEntry } from './feed-entry.ts';

const VALUES = Array.from({ length: 6 }, (_, seq) => ({
  type: 'quotes',
  seq,
  quotes: Array.from({ length: 10 }, (_each, i) => ({
    symbol: `SYM${i}`,
    price: 100 + seq + i / 4,
  })),
}));
const TEXTS = VALUES.map((value) => JSON.stringify(value));

/** One stream for all messages, flushed after each. */
async function deflateTogether(texts: readonly string[]): Promise<Uint8Array[]> {
  const stream = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  const messages: Uint8Array[] = [];
  for (const text of texts) {
    const pieces: Buffer[] = [];
    const take = (piece: Buffer) => pieces.push(piece);
    stream.on('data', take);
    stream.write(text);
    const flushed = new Promise<void>((resolve) => {
      stream.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    await flushed;
    while (
      !Buffer.concat(pieces)
        .subarray(-4)
        .equals(Buffer.from([0, 0, 255, 255]))
    ) {
      await once(stream, 'data');
    }
    stream.off('data', take);
    messages.push(Buffer.concat(pieces));
  }
  return messages;
}

let read = 0;

export const COMPRESSED_ENTRIES = [
  feedEntry({
    name: 'gzip',
    stack: ['gzip', 'json'],
    packages: [],
    played: 'zlib of Node.js',
    messages: () => Promise.resolve(TEXTS.map((text) => gzipSync(text))),
    decode: (data) => [{ value: JSON.parse(gunzipSync(data).toString()) as unknown }],
  }),
  feedEntry({
    name: 'deflate',
    stack: ['deflate', 'json'],
    packages: [],
    played: 'zlib of Node.js, one stream flushed after each message',
    messages: () => deflateTogether(TEXTS),
    decode: () => {
      read += 1;
      return [{ value: VALUES[read - 1] }];
    },
  }),
  feedEntry({
    name: 'zstd',
    stack: ['zstd', 'msgpack'],
    packages: ['@bokuweb/zstd-wasm', '@msgpack/msgpack'],
    messages: async () => {
      await init();
      return VALUES.map((value) => compress(encode(value), 5));
    },
    decode: (data) => [{ value: decode(decompress(data)) }],
  }),
];
