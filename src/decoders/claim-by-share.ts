import type { Payload } from '../core/facts.ts';
import type { ChannelLook, Claim } from './decoder.ts';

/** How samples are judged: those of one data type, of which nearly all have to pass. */
export interface ShareRule<P extends Payload> {
  readonly isOfType: (payload: Payload) => payload is P;
  readonly passes: (payload: P) => boolean;
  /** Fewer that pass are chance. */
  readonly atLeast: number;
  readonly confidence: number;
  /** What those that pass are: `begin with the magic of gzip`. */
  readonly are: string;
}

export const isText = (payload: Payload): payload is string => typeof payload === 'string';
export const isBinary = (payload: Payload): payload is Uint8Array => typeof payload !== 'string';

/** Of what passes elsewhere a few may differ: a greeting, an error in plain text. */
const MOST_OTHERS = 0.1;

/** A claim by how many of the samples look like it. */
export function claimByShare<P extends Payload>(
  { samples }: ChannelLook,
  { isOfType, passes, atLeast, confidence, are }: ShareRule<P>,
): Claim | undefined {
  const payloads = samples.map(({ payload }) => payload).filter((each) => each.length > 0);
  const ofType = payloads.filter(isOfType);
  if (ofType.length < atLeast || ofType.length < payloads.length / 2) return undefined;
  const count = ofType.filter(passes).length;
  if (count < atLeast || count < ofType.length * (1 - MOST_OTHERS)) return undefined;
  const what = isText(ofType[0] ?? '') ? 'texts' : 'binary messages';
  return { confidence, evidence: [`${count} of ${ofType.length} ${what} looked at ${are}`] };
}

/** A claim by what the answer's content type says, or else the request's. */
export function claimByContentType(look: ChannelLook, types: RegExp): Claim | undefined {
  const { contentType, requestContentType, samples } = look;
  if (samples.length === 0) return undefined;
  if (contentType !== undefined && types.test(contentType)) {
    return { confidence: 1, evidence: [`content type “${contentType}”`] };
  }
  // What the page sent says little of what it got.
  if (requestContentType === undefined || !types.test(requestContentType)) return undefined;
  return samples.every(({ direction }) => direction === 'sent')
    ? { confidence: 1, evidence: [`the request's content type “${requestContentType}”`] }
    : undefined;
}

/** A claim by the agreed subprotocol. */
export function claimBySubprotocol(
  { subprotocol, samples }: ChannelLook,
  names: RegExp,
): Claim | undefined {
  if (subprotocol === undefined || !names.test(subprotocol) || samples.length === 0)
    return undefined;
  return { confidence: 1, evidence: [`subprotocol “${subprotocol}”`] };
}
