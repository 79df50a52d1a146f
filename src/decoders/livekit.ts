import type { WireMessage } from '../core/decoded/decoded.ts';
import { claimByShare, isBinary } from './claim-by-share.ts';
import type { Decoder } from './decoder.ts';
import { fieldsIn, LENGTH_DELIMITED, VARINT } from './formats/protobuf-wire.ts';
import { REQUESTS, RESPONSES } from './livekit-names.ts';

/** Where a LiveKit server takes signalling. */
const PATH = /\/rtc(?:\/v\d+)?(?:[/?#]|$)/u;

/** One field, and one that the side has. */
function isSignal({ payload, direction }: WireMessage): boolean {
  if (!isBinary(payload)) return false;
  const { fields, stop } = fieldsIn(payload);
  const [field, ...more] = fields;
  if (field === undefined || more.length > 0 || stop !== undefined) return false;
  const name = (direction === 'sent' ? REQUESTS : RESPONSES).get(field.number);
  const isNumber = name === 'ping' || name === 'pong';
  return name !== undefined && field.type === (isNumber ? VARINT : LENGTH_DELIMITED);
}

/** LiveKit's signalling, by its path and the shape of its messages: much else is Protobuf with one field. */
export const livekit: Decoder = {
  id: 'livekit',
  recognise: (look) => {
    if (look.transport !== 'websocket' || !PATH.test(look.url)) return undefined;
    const signals = new Set(look.samples.filter(isSignal).map(({ payload }) => payload));
    const claim = claimByShare(look, {
      isOfType: isBinary,
      passes: (bytes) => signals.has(bytes),
      atLeast: 1,
      confidence: 0.9,
      are: 'are one signal of LiveKit each',
    });
    return claim && { ...claim, evidence: ['the path is “/rtc”', ...claim.evidence] };
  },
  load: async () => (await import('./livekit-codec.ts')).livekitCodec,
};
