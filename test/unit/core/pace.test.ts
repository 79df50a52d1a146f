import { describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/core/decoded/assembly.ts';
import { computePace } from '../../../src/core/decoded/pace.ts';

const at = (...times: number[]): Piece[] =>
  times.map((time, row) => ({ row, at: time, into: 'text', from: row, length: 1 }));
const every = (gap: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + i * gap);

describe('the pace of an answer', () => {
  it('tells the time to the first token where the question was seen', () => {
    expect(computePace(at(450, 500), {}, 100)).toMatchObject({
      askedAt: 100,
      firstTokenAt: 450,
      lastTokenAt: 500,
      timeToFirstToken: 350,
    });
    expect(computePace(at(450), {}, undefined)).not.toHaveProperty('timeToFirstToken');
  });

  it('counts tokens as the provider does, and says so', () => {
    // 11 pieces over a second; what the first one held was there at the beginning.
    const pieces = at(...every(100, 11));
    expect(computePace(pieces, { output: 22 }, 0)).toMatchObject({
      tokensPerSecond: 20,
      countedBy: 'usage',
    });
    expect(computePace(pieces, {}, 0)).toMatchObject({ tokensPerSecond: 10, countedBy: 'pieces' });
  });

  it('has no rate where all came at once, or nothing', () => {
    expect(computePace(at(5, 5, 5), { output: 9 }, 0)).not.toHaveProperty('tokensPerSecond');
    expect(computePace([], {}, 0)).toEqual({ askedAt: 0, countedBy: 'pieces', stalls: [] });
  });

  it('calls a gap a stall that is longer than a second and than ten usual ones', () => {
    const pieces = at(...every(50, 20), ...every(50, 20, 950 + 1001));
    expect(computePace(pieces, {}, 0).stalls).toEqual([{ from: 950, to: 1951, row: 20 }]);
  });

  it('calls no gap a stall where all are long, or it is short', () => {
    expect(computePace(at(...every(1500, 10)), {}, 0).stalls).toEqual([]);
    expect(computePace(at(...every(10, 20), 190 + 990), {}, 0).stalls).toEqual([]);
    expect(computePace(at(...every(300, 10), 2700 + 2900), {}, 0).stalls).toEqual([]);
  });
});
