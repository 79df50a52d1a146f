import { constants, createDeflateRaw } from 'node:zlib';
import type { DeflateStream } from '../../core/wire-cost/deflate.ts';

/** Node's own zlib, with the settings that most servers have. */
export function startNodeDeflate(): DeflateStream {
  const deflate = createDeflateRaw();
  let length = 0;
  deflate.on('data', (piece: Buffer) => {
    length += piece.length;
  });
  return {
    add: (piece) =>
      new Promise((resolve, reject) => {
        const before = length;
        deflate.once('error', reject);
        deflate.write(piece);
        deflate.flush(constants.Z_SYNC_FLUSH, () => {
          deflate.off('error', reject);
          resolve(length - before);
        });
      }),
    close: () => deflate.close(),
  };
}
