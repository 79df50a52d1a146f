import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape } from './evidence.ts';

/** Type, attachments, namespace, id, data (https://socket.io/docs/v4/socket-io-protocol/). */
const PACKET = /^[0-6](?:\d+-)?(?:\/[^,]*,?)?\d*(?:$|[[{"])/u;
const CONNECT = /^0(?:\/[^,]*,?)?(?:\{|$)/u;
const EVENT = /^(?:2|5\d+-)(?:\/[^,]*,)?\d*\["/u;

const textOf = ({ payload }: WireMessage) => (typeof payload === 'string' ? payload : '');

/** Socket.IO as 2.x to 4.x speak it (revisions 4 and 5 of the protocol), on Engine.IO or bare. */
export const socketIo: Decoder = {
  id: 'socket.io',
  recognise: (look) =>
    claimByShape(look, {
      confidence: 0.9,
      shape: 'Socket.IO packets',
      fits: (message) => PACKET.test(textOf(message)),
      // Attachments follow their packet as bytes.
      mayBe: ({ payload }) => typeof payload !== 'string',
      proves: (message) => CONNECT.test(textOf(message)) || EVENT.test(textOf(message)),
    }),
  load: () => import('./socket-io-codec.ts').then(({ socketIoCodec }) => socketIoCodec),
};
