import fc from 'fast-check';
import { expect, test } from 'vitest';
import { USUAL_LIMITS } from '../../../src/bridge/envelope.ts';
import { LIMIT_RANGES, readLimits } from '../../../src/bridge/kept-limits.ts';

test('the usual limits are within their ranges', () => {
  expect(readLimits(USUAL_LIMITS)).toEqual(USUAL_LIMITS);
});

test('what is out of its range, or no whole number, is left out', () => {
  const { most } = LIMIT_RANGES.payloadBytes;
  const stored = { historyMessages: 50, historyBytes: -1, bufferMessages: 1.5, bufferBytes: '9' };
  expect(readLimits({ ...stored, payloadBytes: most + 1, other: 1 })).toEqual({
    historyMessages: 50,
  });
});

test('whatever is stored, only limits within their ranges come out', () => {
  fc.assert(
    fc.property(fc.anything(), (stored) => {
      for (const [key, value] of Object.entries(readLimits(stored))) {
        const { least, most } = LIMIT_RANGES[key as keyof typeof LIMIT_RANGES];
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
      }
    }),
  );
});
