import { DECODERS } from '../../src/decoders/registry.ts';
import { fuzzDecoder } from './fuzz.ts';

// `npm run fuzz [-- ID …]`: a million hostile inputs for each decoder, other ones each day.
const RUNS = 1_000_000;
const DAY = 24 * 60 * 60 * 1000;

const wanted = process.argv.slice(2);
const seed = Math.floor(Date.now() / DAY);
for (const decoder of DECODERS) {
  if (wanted.length > 0 && !wanted.includes(decoder.id)) continue;
  const { runs, milliseconds, failures } = await fuzzDecoder(decoder, RUNS, seed);
  console.log(
    `${decoder.id}: ${runs} inputs, ${failures} failures, ${Math.round(milliseconds)} ms`,
  );
}
