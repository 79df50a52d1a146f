import type { Sum } from './sum.ts';

/** What we read of Vitest's JSON report, which has Jest's shape. */
interface VitestReport {
  numPassedTests: number;
  numTotalTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Tests that did not run count as failed: whatever they need should have been there. */
export function readVitest(report: VitestReport): Sum {
  const { numPassedTests, numTotalTests, testResults } = report;
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && hasNoFailure(assertionResults),
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unloaded.length };
}

/** The file itself failed: it could not be loaded, or threw outside of its tests. */
function hasNoFailure(results: readonly { status: string }[]): boolean {
  return !results.some(({ status }) => status === 'failed');
}
