import type { WireMessage } from '../core/decoded/decoded.ts';
import type { ChannelLook, Claim } from './decoder.ts';
import { isRecord, readJson } from './json-parts.ts';

/** The texts among the messages looked at. */
export const textsOf = ({ samples }: Pick<ChannelLook, 'samples'>): string[] =>
  samples.flatMap(({ payload }) => (typeof payload === 'string' ? [payload] : []));

export const isOneOf = <Known extends string>(
  names: readonly Known[],
  value: unknown,
): value is Known => (names as readonly unknown[]).includes(value);

/** Which messages look like the protocol's, and which could not be its at all. */
export interface ShapeRule {
  readonly confidence: number;
  /** Ends the sentence `12 of 12 messages are …`. */
  readonly shape: string;
  /** One of the protocol's own, as far as one message can show it. */
  readonly fits: (message: WireMessage, json: unknown) => boolean;
  /** Not enough by itself, but nothing against it: a heartbeat, an empty answer. */
  readonly mayBe?: (message: WireMessage, json: unknown) => boolean;
  /** At least one message has to show more than a shape that others could have too. */
  readonly proves?: (message: WireMessage, json: unknown) => boolean;
}

/** How much of the traffic has to fit: a reader may begin amid a message, and servers have words of their own. */
const ENOUGH = 0.9;

/** Shape over several messages: nearly all fit, at least one proves it. */
export function claimByShape({ samples }: ChannelLook, rule: ShapeRule): Claim | undefined {
  const { confidence, shape, fits, mayBe = () => false, proves = () => true } = rule;
  let fitting = 0;
  let neutral = 0;
  let isProven = false;
  for (const message of samples) {
    const json = typeof message.payload === 'string' ? readJson(message.payload) : undefined;
    if (fits(message, json)) {
      fitting += 1;
      isProven ||= proves(message, json);
    } else if (mayBe(message, json)) neutral += 1;
  }
  if (!isProven || fitting < (samples.length - neutral) * ENOUGH) return undefined;
  return {
    confidence,
    evidence: [`${fitting} of ${samples.length} messages looked at are ${shape}`],
  };
}

/** A claim that the channel makes itself, unless its messages are of another kind. */
export function claimBySign(
  look: ChannelLook,
  sign: string,
  rule: Pick<ShapeRule, 'fits'>,
): Claim | undefined {
  const strangers = look.samples.filter((message) => {
    const json = typeof message.payload === 'string' ? readJson(message.payload) : undefined;
    return !rule.fits(message, json);
  });
  if (strangers.length > look.samples.length * (1 - ENOUGH)) return undefined;
  return { confidence: 1, evidence: [sign] };
}

/** Whether a JSON value is an object whose members have these types; `?` after one that may be missing. */
export function hasMembers(
  json: unknown,
  types: Readonly<Record<string, string>>,
): json is Readonly<Record<string, unknown>> {
  if (!isRecord(json)) return false;
  return Object.entries(types).every(([name, type]) => {
    const value = json[name];
    if (value === undefined) return type.endsWith('?');
    return (
      type === '?' ||
      type
        .split('?')[0]
        ?.split('|')
        .includes(typeof value) === true
    );
  });
}
