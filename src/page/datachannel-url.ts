import { getterOf } from './natives.ts';

/** What a channel is made with; told where it differs from the default. */
const PARTS = ['id', 'ordered', 'maxRetransmits', 'maxPacketLifeTime'] as const;

/**
 * Nobody gives a channel a URL, so it gets one of its label: `datachannel:chat?ordered=false`.
 * The `id` is there where it was known from the beginning.
 */
export function createChannelUrl(): (channel: RTCDataChannel) => string {
  const { prototype } = RTCDataChannel;
  const { encodeURIComponent: encode } = globalThis;
  const labelOf = getterOf<string>(prototype, 'label');
  const parts = PARTS.map((name) => getterOf<unknown>(prototype, name));
  return (channel) => {
    let url = `datachannel:${encode(labelOf(channel))}`;
    let mark = '?';
    for (let i = 0; i < PARTS.length; i += 1) {
      const value = parts[i]!(channel);
      if (value === null || value === true) continue;
      url += `${mark}${PARTS[i]!}=${value as number}`;
      mark = '&';
    }
    return url;
  };
}
