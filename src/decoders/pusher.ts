import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign, hasMembers } from './evidence.ts';

const APP_URL = /\/app\/[^/?]+\?(?:.*&)?protocol=\d/u;
const fits = (_message: unknown, json: unknown) =>
  hasMembers(json, { event: 'string', channel: 'string?', data: '?', user_id: 'string?' });

/** https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/ */
export const pusher: Decoder = {
  id: 'pusher',
  recognise: (look) => {
    const claim = claimByShape(look, {
      confidence: 0.9,
      shape: 'events of Pusher, those of its own among them',
      fits,
      proves: (_message, json) =>
        hasMembers(json, { event: 'string' }) &&
        /^pusher(?:_internal)?:/u.test(String(json['event'])),
    });
    return claim !== undefined && APP_URL.test(look.url)
      ? claimBySign(look, '`/app/…?protocol=` in the URL, and events of Pusher', { fits })
      : claim;
  },
  load: () => import('./pusher-codec.ts').then(({ pusherCodec }) => pusherCodec),
};
