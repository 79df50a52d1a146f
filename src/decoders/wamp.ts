import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign } from './evidence.ts';
import { WAMP_NAMES } from './wamp-names.ts';

const SUBPROTOCOL = /^wamp\.2\.(?:json|msgpack|cbor)$/u;

const isMessage = (value: unknown): boolean => {
  const [type] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof type === 'number' && WAMP_NAMES.has(type);
};
/** HELLO and WELCOME: a realm or a session, and roles. */
const isOpening = (value: unknown): boolean => {
  const [type, , details] = Array.isArray(value) ? (value as unknown[]) : [];
  return (
    (type === 1 || type === 2) &&
    typeof details === 'object' &&
    details !== null &&
    'roles' in details
  );
};

/** https://wamp-proto.org/wamp_latest_ietf.html */
export const wamp: Decoder = {
  id: 'wamp',
  recognise: (look) => {
    if (look.subprotocol !== undefined && SUBPROTOCOL.test(look.subprotocol)) {
      return claimBySign(look, `subprotocol “${look.subprotocol}”`, {
        fits: ({ payload }: WireMessage, json) => typeof payload !== 'string' || isMessage(json),
      });
    }
    return claimByShape(look, {
      confidence: 0.85,
      shape: 'messages of WAMP, the opening of a session among them',
      fits: (_message, json) => isMessage(json),
      proves: (_message, json) => isOpening(json),
    });
  },
  load: () => import('./wamp-codec.ts').then(({ wampCodec }) => wampCodec),
};
