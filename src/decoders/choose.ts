import type { Part, ProtocolId, WireMessage } from '../core/decoded/decoded.ts';
import type { Payload } from '../core/facts.ts';
import {
  type Carrier,
  type ChannelLook,
  type Claim,
  type Decoder,
  SAMPLE_LENGTH,
} from './decoder.ts';
import { DECODERS } from './registry.ts';

/** Which decoders read a channel: carriers first. */
export interface Choice {
  readonly stack: readonly ProtocolId[];
  /** Of the weakest claim in the stack. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** Below this, nothing is claimed. */
const TAKEN = 0.5;
const DEEPEST_STACK = 4;

const cut = (payload: Payload): Payload => payload.slice(0, SAMPLE_LENGTH);

/**
 * Chooses by evidence. A carrier's own content is chosen for in the same way, from what its reader hands on.
 * `undefined` where nothing is known enough.
 */
export async function chooseDecoders(
  carrier: Carrier,
  messages: readonly WireMessage[],
): Promise<Choice | undefined> {
  let samples = messages.map((message) => ({ ...message, payload: cut(message.payload) }));
  const stack: ProtocolId[] = [];
  const evidence: string[] = [];
  let confidence = 1;
  while (stack.length < DEEPEST_STACK) {
    const best = bestClaim({ ...carrier, samples }, stack);
    if (best === undefined) break;
    stack.push(best.decoder.id);
    evidence.push(...best.claim.evidence);
    confidence = Math.min(confidence, best.claim.confidence);
    if (best.decoder.isCarrier !== true) break;
    samples = await unwrap(best.decoder, carrier, samples);
  }
  return stack.length === 0 ? undefined : { stack, confidence, evidence };
}

function bestClaim(
  look: ChannelLook,
  taken: readonly ProtocolId[],
): { decoder: Decoder; claim: Claim } | undefined {
  let best: { decoder: Decoder; claim: Claim } | undefined;
  for (const decoder of DECODERS) {
    if (taken.includes(decoder.id)) continue;
    const claim = decoder.recognise(look);
    if (claim === undefined || claim.confidence < TAKEN) continue;
    if (best === undefined || claim.confidence > best.claim.confidence) best = { decoder, claim };
  }
  return best;
}

/** What the messages of a carrier carry. */
async function unwrap(
  decoder: Decoder,
  carrier: Carrier,
  samples: readonly WireMessage[],
): Promise<WireMessage[]> {
  const reader = (await decoder.load()).createReader(carrier);
  return samples.flatMap((message) =>
    reader
      .read(message)
      .parts.map(carriedBy)
      .filter((payload) => payload !== undefined)
      .map((payload) => ({ ...message, payload: cut(payload) })),
  );
}

/** What the innermost layer of a part carries, where nobody has looked into it yet. */
export function carriedBy(part: Part): Payload | undefined {
  const content = part.layers.at(-1)?.content;
  return content?.as === 'payload' ? content.payload : undefined;
}
