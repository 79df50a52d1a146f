import type { Sum } from './sum.ts';

/** What we read of Playwright's JSON report. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  /** Outside of tests: a file that does not load, a global setup that throws. */
  errors: unknown[];
}

/** Flaky and skipped tests count as failed: whatever they need should have been there. */
export function readPlaywright({ stats, errors }: PlaywrightReport): Sum {
  const { expected, unexpected, flaky, skipped } = stats;
  return { passed: expected, failed: unexpected + flaky + skipped + errors.length };
}
