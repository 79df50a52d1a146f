import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerBound } from '../../../src/core/lower-bound.ts';

it('the place in an order is where a walk would find it, in few steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 })),
      fc.integer({ min: -1, max: 51 }),
      (list, at) => {
        const sorted = [...list].sort((a, b) => a - b);
        const found = sorted.findIndex((each) => each >= at);
        let steps = 0;
        const place = lowerBound(sorted.length, (index) => {
          steps += 1;
          return (sorted[index] ?? 0) < at;
        });
        expect(place).toBe(found === -1 ? sorted.length : found);
        expect(steps).toBeLessThanOrEqual(Math.ceil(Math.log2(sorted.length + 1)));
      },
    ),
  );
});
