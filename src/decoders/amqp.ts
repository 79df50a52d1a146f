import { MAGIC, measureAmqp, uint32At } from './amqp-frame.ts';
import { claimByShare, claimBySubprotocol, isBinary } from './claim-by-share.ts';
import type { ChannelLook, Claim, Decoder } from './decoder.ts';
import { cutPackets } from './packet-stream.ts';

/** AMQP 1.0 over WebSocket (http://docs.oasis-open.org/amqp/core/v1.0/amqp-core-complete-v1.0.pdf). */
export const amqp: Decoder = {
  id: 'amqp',
  recognise: (look) =>
    claimBySubprotocol(look, /^(?:amqp|AMQPWSB10)$/u) ?? claimByHeader(look) ?? claimByShape(look),
  load: async () => (await import('./amqp-codec.ts')).amqpCodec,
};

function claimByHeader({ samples }: ChannelLook): Claim | undefined {
  const [first] = samples;
  if (first === undefined || typeof first.payload === 'string') return undefined;
  if (uint32At(first.payload, 0) !== MAGIC || first.payload[5] !== 1) return undefined;
  return { confidence: 0.97, evidence: ['the first message begins with “AMQP” and its version'] };
}

const claimByShape = (look: ChannelLook): Claim | undefined =>
  claimByShare(look, {
    isOfType: isBinary,
    passes: isFrames,
    atLeast: 2,
    confidence: 0.85,
    are: 'are frames of AMQP 1.0 with a performative',
  });

/** The code of a described type, and a small number that names a performative: open to close. */
const isPerformative = (bytes: Uint8Array): boolean => {
  const [described, small, code = 0] = bytes.subarray((bytes[4] ?? 0) * 4);
  return described === 0 && small === 0x53 && code >= 0x10 && code <= 0x18;
};

function isFrames(bytes: Uint8Array): boolean {
  const { packets, at, stop } = cutPackets(bytes, measureAmqp);
  if (stop !== undefined || packets.length === 0 || at !== bytes.length) return false;
  return packets.every((packet) => packet.bytes.length === 8 || isPerformative(packet.bytes));
}
