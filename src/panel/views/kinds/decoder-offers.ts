import type { ProtocolId } from '../../../core/decoded/decoded.ts';
import { PROTOCOL_LABELS } from '../../../core/decoded/protocol-labels.ts';
import type { OfferedDecoder } from '../../decoding/snapshots.ts';

/** Decoders that can be chosen for a channel, under one heading. */
export interface OfferGroup {
  readonly heading: string;
  readonly offers: readonly { readonly value: string; readonly label: string }[];
}

/** A stack as the value of an option. */
export const stackValue = (stack: readonly ProtocolId[]): string => stack.join(' ') || NONE;

/** No decoder at all. */
const NONE = 'none';

export const stackOfValue = (value: string): readonly ProtocolId[] =>
  value === NONE ? [] : (value.split(' ') as ProtocolId[]);

export const stackLabel = (stack: readonly ProtocolId[]): string =>
  stack.map((id) => PROTOCOL_LABELS[id]).join(' › ');

/**
 * Every decoder for the whole message; where a carrier is around it, also for what is inside.
 * @param stack what the channel is read with now
 */
export function decoderOffers(
  decoders: readonly OfferedDecoder[],
  stack: readonly ProtocolId[],
): OfferGroup[] {
  const carriers = new Set(decoders.filter(({ isCarrier }) => isCarrier).map(({ id }) => id));
  const around = stack.slice(0, stack.findLastIndex((id) => carriers.has(id)) + 1);
  const groups = [groupOf('The whole message', [], decoders)];
  if (around.length === 0) return groups;
  const inner = decoders.filter(({ id }) => !around.includes(id));
  return [groupOf(`Inside ${stackLabel(around)}`, around, inner), ...groups];
}

const groupOf = (
  heading: string,
  around: readonly ProtocolId[],
  decoders: readonly OfferedDecoder[],
): OfferGroup => ({
  heading,
  offers: decoders
    .map(({ id }) => ({ value: stackValue([...around, id]), label: PROTOCOL_LABELS[id] }))
    .sort((a, b) => a.label.localeCompare(b.label)),
});
