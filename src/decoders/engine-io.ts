import { claimByShape, claimBySign } from './evidence.ts';
import type { WireMessage } from '../core/decoded/decoded.ts';
import type { ChannelLook, Decoder } from './decoder.ts';

/** As the client writes it into the URL of each of its connections. */
export const engineVersion = (url: string): string | undefined =>
  /[?&]EIO=(\d)(?:&|$)/u.exec(url)?.[1];

const PACKET = /^(?:[0-6]|b(?=[\w+/]*=*$)|\d+:(?:[0-6]|b)|ok$|\{"code":\d)/u;
const OPEN = /^(?:\d+:)?0\{"sid":"[^"]+",.*"pingInterval":/su;

const isPacket = ({ payload }: WireMessage): boolean =>
  typeof payload !== 'string' || PACKET.test(payload);

/** Engine.IO 3 and 4 (the protocol's versions, as in `EIO=4`), over WebSocket and polling. */
export const engineIo: Decoder = {
  id: 'engine.io',
  isCarrier: true,
  recognise: (look: ChannelLook) => {
    if (look.samples.length === 0) return undefined;
    const version = engineVersion(look.url);
    if (version !== undefined)
      return claimBySign(look, `\`EIO=${version}\` in the URL`, { fits: isPacket });
    return claimByShape(look, {
      confidence: 0.9,
      shape: 'Engine.IO packets, the handshake among them',
      fits: isPacket,
      proves: ({ payload, direction }) =>
        direction === 'received' && typeof payload === 'string' && OPEN.test(payload),
    });
  },
  load: () => import('./engine-io-codec.ts').then(({ engineIoCodec }) => engineIoCodec),
};
