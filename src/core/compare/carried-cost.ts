import { type Grade, type Graded, GRADES } from '../measures/measures.ts';
import type { Bytes } from '../units.ts';
import type { WireCost } from '../wire-cost/wire-cost.ts';

/** What the traffic of a subject takes on the wire as it is carried now, of all its channels together. */
export interface CarriedCost extends Pick<WireCost, 'payload' | 'framing' | 'headers'> {
  readonly total: Bytes;
  readonly sent: Bytes;
  readonly received: Bytes;
  /** Requests and opening handshakes. */
  readonly requests: number;
}

/** @returns `undefined` for no costs at all */
export function sumCosts(costs: readonly WireCost[]): CarriedCost | undefined {
  const [first] = costs;
  if (first === undefined) return undefined;
  const sum = (read: (cost: WireCost) => number): number =>
    costs.reduce((total, cost) => total + read(cost), 0);
  const part = (read: (cost: WireCost) => Graded): Graded => sumGraded(costs.map(read));
  return {
    payload: part(({ payload }) => payload),
    framing: part(({ framing }) => framing),
    headers: part(({ headers }) => headers),
    total: sum(({ total }) => total),
    sent: sum(({ sent }) => sent),
    received: sum(({ received }) => received),
    requests: sum(({ requests }) => requests),
  };
}

/** A sum is as sure as its least sure part. */
export function sumGraded(parts: readonly Graded[]): Graded {
  return {
    value: parts.reduce((sum, { value }) => sum + value, 0),
    grade: leastSure(parts.map(({ grade }) => grade)),
    how: [...new Set(parts.map(({ how }) => how))].join(' '),
  };
}

export function leastSure(grades: readonly Grade[]): Grade {
  return GRADES.findLast((grade) => grades.includes(grade)) ?? 'measured';
}
