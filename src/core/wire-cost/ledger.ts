import type { Direction } from '../facts.ts';
import type { Bytes } from '../units.ts';

export type CostPart = 'payload' | 'framing' | 'headers';

/** Where the bytes of one carrier are booked. */
export interface Ledger {
  readonly parts: Readonly<Record<CostPart, Record<Direction, Bytes>>>;
  requests: number;
  add: (part: CostPart, direction: Direction, bytes: Bytes) => void;
}

export function createLedger(): Ledger {
  const nothing = () => ({ sent: 0, received: 0 });
  const parts = { payload: nothing(), framing: nothing(), headers: nothing() };
  return {
    parts,
    requests: 0,
    add: (part, direction, bytes) => {
      parts[part][direction] += bytes;
    },
  };
}

export const partTotal = ({ sent, received }: Record<Direction, Bytes>): Bytes => sent + received;
