/** What a runner's tests came to. A test that only passed when tried again has failed. */
export interface Sum {
  passed: number;
  failed: number;
}

export function addSums(sums: readonly Sum[]): Sum {
  return {
    passed: sums.reduce((total, { passed }) => total + passed, 0),
    failed: sums.reduce((total, { failed }) => total + failed, 0),
  };
}

/** The one line that ends every run. */
export function sumLine({ passed, failed }: Sum): string {
  return `${passed} passed, ${failed} failed`;
}

/** A runner that died or left no report, or one that nobody can read, is one failure. */
export const DIED: Sum = { passed: 0, failed: 1 };

/** A runner that says it failed, though no test of it did, is one failure more. */
export function withExit(sum: Sum, exitCode: number): Sum {
  return exitCode !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}
