import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../src/build/ensure-built.ts';
import { BUILD_TARGETS } from '../src/build/paths.ts';
import { findBrowser } from '../src/lab/browser/find-browser.ts';
import { describeError } from '../src/lab/cli/describe-error.ts';
import { RUNNERS, runRunner } from './runners/run-runner.ts';
import { addSums, DIED, type Sum, sumLine } from './runners/sum.ts';

/**
 * `npm test [-- unit|e2e [ARGUMENTS OF THE RUNNER]]`: brings what the tests need, runs them, and ends with
 * one line: how many passed, how many failed.
 */
async function main([name, ...more]: readonly string[]): Promise<Sum> {
  const chosen = RUNNERS.filter((runner) => name === undefined || runner.name === name);
  if (chosen.length === 0) {
    console.error(`Usage: npm test [-- ${RUNNERS.map((runner) => runner.name).join('|')}]`);
    return DIED;
  }
  process.env['WIRESCOPE_BROWSER'] = await findBrowser(console.log);
  for (const browser of BUILD_TARGETS) await ensureBuilt(browser, console.log);
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-test-'));
  try {
    const sums: Sum[] = [];
    for (const runner of chosen) sums.push(await runRunner(runner, folder, more));
    return addSums(sums);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sum = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(describeError(error));
  return DIED;
});
console.log(`\n${sumLine(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;
