import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign, hasMembers, isOneOf } from './evidence.ts';

const VITE_TYPES = [
  'connected',
  'ping',
  'update',
  'full-reload',
  'prune',
  'error',
  'custom',
] as const;

/** https://vite.dev/guide/api-hmr; its messages are told by `vite/types/hmrPayload`. */
export const viteHmr: Decoder = {
  id: 'vite-hmr',
  recognise: (look) => {
    const fits = (_message: unknown, json: unknown) =>
      hasMembers(json, { type: 'string' }) && isOneOf(VITE_TYPES, json['type']);
    if (look.subprotocol === 'vite-hmr' || look.subprotocol === 'vite-ping') {
      return claimBySign(look, `subprotocol “${look.subprotocol}”`, { fits });
    }
    return claimByShape(look, {
      confidence: 0.8,
      shape: 'messages of Vite’s hot updates',
      fits,
      proves: (_message, json) =>
        hasMembers(json, { type: 'string', updates: 'object' }) ||
        (hasMembers(json, { type: 'string', event: 'string' }) &&
          String(json['event']).startsWith('vite:')),
    });
  },
  load: () => import('./vite-hmr-codec.ts').then(({ viteHmrCodec }) => viteHmrCodec),
};
