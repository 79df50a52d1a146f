import { describe, expect, it } from 'vitest';
import { paceOf } from '../../../src/core/measures/pace-of-gaps.ts';

const pace = (...gaps: number[]) => paceOf([gaps.map((gap, row) => ({ row: row + 1, gap }))]);
const times = (count: number, gap: number) => Array.from({ length: count }, () => gap);

describe('the pace of messages', () => {
  it('of a clock has neither bursts nor stalls', () => {
    expect(pace(...times(200, 1_000))).toEqual({
      bursts: { count: 0, largest: 0 },
      stalls: { count: 0, longest: 0, rows: [] },
    });
  });

  it('knows a stall among even ticks, however long', () => {
    for (const stall of [15_000, 36_000_000]) {
      const { stalls, bursts } = pace(...times(50, 1_000), stall, ...times(50, 1_000), 9_000);
      expect(stalls).toEqual({ count: 2, longest: stall, rows: [51, 102] });
      expect(bursts.count).toBe(0);
    }
  });

  it('knows bursts, also where most messages come in them', () => {
    const volley = [...times(99, 0), 1_000];
    const { stalls, bursts } = pace(...Array.from({ length: 10 }, () => volley).flat());
    expect(bursts).toEqual({ count: 10, largest: 100 });
    expect(stalls.count).toBe(0);
  });

  it('takes chance for chance', () => {
    // A Poisson process by a linear congruential generator (Numerical Recipes), the same each time.
    let [state, unlucky] = [1, 0];
    const draw = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 1) / 2 ** 32;
    };
    for (let round = 0; round < 200; round += 1) {
      const { stalls, bursts } = pace(
        ...Array.from({ length: 300 }, () => -100 * Math.log(draw())),
      );
      unlucky += Math.min(1, stalls.count + bursts.count);
    }
    expect(unlucky).toBeLessThanOrEqual(8);
  });
});
