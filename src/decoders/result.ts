import type { Decoded, PairStep, Part, ProtocolId } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';

export const NOTHING: Decoded = { parts: [] };

export const onePart = (part: Part): Decoded => ({ parts: [part] });

/** What could not be read, after what could. */
export const failed = (
  layer: ProtocolId,
  offset: number,
  reason: string,
  parts: readonly Part[] = [],
): Decoded => ({ parts, failure: { layer, offset, reason } });

export const otherSide = (direction: Direction): Direction =>
  direction === 'sent' ? 'received' : 'sent';

/** Both sides may count from one: what the server asks has ids of its own. */
export const pairStep = (
  step: PairStep['step'],
  id: string | number,
  asker: Direction,
): PairStep => ({ step, id: asker === 'sent' ? String(id) : `server ${id}`, asker });

const LONGEST_NAME = 80;

/** A name or a word from the wire, short enough for a line. */
export const quoted = (name: string): string =>
  `“${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name}”`;
