import type { WireMessage } from '../core/decoded/decoded.ts';
import type { Decoder } from './decoder.ts';
import { claimByShape } from './evidence.ts';

/** `/server/session/transport` (https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html). */
const SESSION_URL =
  /\/[^/.?]+\/[^/.?]+\/(?:websocket|xhr|xhr_send|xhr_streaming|eventsource|htmlfile|jsonp|jsonp_send)(?:\?|$)/u;
const RECEIVED = /^(?:o|h+|a\[.*\]|m".*"|c\["?\d+"?,".*"\])\n?$/su;
const SENT = /^(?:\[(?:".*")?\]|".*")$/su;

const isFrame = ({ direction, payload }: WireMessage): boolean =>
  typeof payload === 'string' && (direction === 'received' ? RECEIVED : SENT).test(payload.trim());

/** SockJS over WebSocket and its other transports; raw WebSockets carry none of its frames. */
export const sockjs: Decoder = {
  id: 'sockjs',
  isCarrier: true,
  recognise: (look) => {
    const isSession = SESSION_URL.test(look.url);
    const claim = claimByShape(look, {
      confidence: isSession ? 0.95 : 0.85,
      shape: 'SockJS frames',
      fits: isFrame,
      mayBe: ({ payload }) => payload === '',
      proves: ({ direction, payload }) =>
        direction === 'received' && (payload === 'o' || payload === 'o\n' || isSession),
    });
    if (claim === undefined || !isSession) return claim;
    return { ...claim, evidence: ['a SockJS session in the URL', ...claim.evidence] };
  },
  load: () => import('./sockjs-codec.ts').then(({ sockjsCodec }) => sockjsCodec),
};
