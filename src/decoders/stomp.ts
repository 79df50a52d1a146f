import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign } from './evidence.ts';

const COMMANDS =
  'CONNECT|STOMP|CONNECTED|SEND|SUBSCRIBE|UNSUBSCRIBE|ACK|NACK|BEGIN|COMMIT|ABORT|DISCONNECT|MESSAGE|RECEIPT|ERROR';
const FRAME = new RegExp(`^[\\r\\n]*(?:${COMMANDS})\\r?\\n(?:[^\\n]*:[^\\n]*\\n|\\r?\\n|$)`, 'u');
const LONGEST_COMMAND = 200;
const SUBPROTOCOL = /^v1\d\.stomp$/u;

const beginOf = ({ payload }: WireMessage): string =>
  typeof payload === 'string'
    ? payload.slice(0, LONGEST_COMMAND)
    : String.fromCharCode(...payload.subarray(0, LONGEST_COMMAND));

const isHeartBeat = (message: WireMessage): boolean => /^(?:\r?\n)+$/u.test(beginOf(message));
const isFrame = (message: WireMessage): boolean => FRAME.test(beginOf(message));

/** STOMP 1.0 to 1.2 (https://stomp.github.io/stomp-specification-1.2.html). */
export const stomp: Decoder = {
  id: 'stomp',
  recognise: (look) => {
    const shape = claimByShape(look, {
      confidence: 0.95,
      shape: 'STOMP frames',
      fits: isFrame,
      mayBe: isHeartBeat,
    });
    if (look.subprotocol === undefined || !SUBPROTOCOL.test(look.subprotocol)) return shape;
    return claimBySign(look, `subprotocol “${look.subprotocol}”`, {
      // A frame may come in several messages.
      fits: (message) => shape !== undefined || isFrame(message) || isHeartBeat(message),
    });
  },
  load: () => import('./stomp-codec.ts').then(({ stompCodec }) => stompCodec),
};
