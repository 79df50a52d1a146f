import { describe, expect, it } from 'vitest';
import { layoutAvailability } from '../../../src/panel/charts/layout-availability.ts';

const LIFE = { from: 1_000, to: 11_000 };

describe('the availability bar', () => {
  it('puts an outage where it was, as wide as it lasted', () => {
    const { boxes } = layoutAvailability(
      [{ start: 3_000, downtime: 1_000, connection: 4 }],
      LIFE,
      500,
    );
    expect(boxes).toEqual([{ x: 100, width: 50, connection: 4, count: 1 }]);
  });

  it('shows the shortest outage, also at the right edge', () => {
    const { boxes } = layoutAvailability(
      [{ start: 11_000, downtime: 0, connection: 4 }],
      LIFE,
      500,
    );
    expect(boxes).toEqual([{ x: 498, width: 2, connection: 4, count: 1 }]);
  });

  it('makes one box of outages that share a pixel', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      start: 1_000 + index * 5,
      downtime: 1,
      connection: index,
    }));
    const { boxes } = layoutAvailability(many, LIFE, 500);
    expect(boxes.length).toBeLessThanOrEqual(250);
    expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(2_000);
  });
});
