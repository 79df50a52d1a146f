import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { isProof, readYjsFrame } from './yjs-frame.ts';

/** Yjs as y-websocket carries it: sync and awareness (https://github.com/yjs/y-protocols). */
export const yjs: Decoder = {
  id: 'yjs',
  recognise: (look) => {
    const isProven = look.samples.some(({ payload }) => {
      const frame = isBinary(payload) ? readYjsFrame(payload) : undefined;
      return frame !== undefined && 'kind' in frame && isProof(frame);
    });
    return claimByShare(look, {
      isOfType: isBinary,
      passes: (bytes) => 'kind' in readYjsFrame(bytes),
      atLeast: isProven ? 2 : 4,
      confidence: isProven ? 0.9 : 0.6,
      are: isProven
        ? 'are sync or awareness of Yjs'
        : 'have a type and a length as messages of Yjs have them',
    });
  },
  load: async () => (await import('./yjs-codec.ts')).yjsCodec,
};
