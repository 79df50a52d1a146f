import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../../src/decoders/registry.ts';
import { fuzzDecoder } from '../../protocols/fuzz.ts';

/** Inputs for each decoder; `npm run fuzz` tries ten times as many. */
const RUNS = 100_000;

describe(`${RUNS} hostile inputs each`, () => {
  it.each(DECODERS)(
    '$id neither throws, nor says more than it was given, nor takes long',
    async (decoder) => {
      const { runs, failures, parts, milliseconds, longest } = await fuzzDecoder(decoder, RUNS);
      console.log(
        `${decoder.id}: ${runs} inputs in ${Math.round(milliseconds)} ms (longest ${Math.round(longest)} ms), ` +
          `${parts} parts, ${failures} failures`,
      );
      expect(runs).toBeGreaterThanOrEqual(RUNS);
      expect(parts).toBeGreaterThan(0);
    },
    RUNS * 6,
  );
});
