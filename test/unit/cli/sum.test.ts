import { expect, test } from 'vitest';
import { readPlaywright } from '../../runners/read-playwright.ts';
import { readVitest } from '../../runners/read-vitest.ts';
import { addSums, sumLine, withExit } from '../../runners/sum.ts';

test('sums add up to one line', () => {
  const sum = addSums([
    { passed: 120, failed: 0 },
    { passed: 3, failed: 1 },
  ]);
  expect(sumLine(sum)).toBe('123 passed, 1 failed');
  expect(sumLine(addSums([]))).toBe('0 passed, 0 failed');
});

test('a runner that fails without a failed test is one failure', () => {
  expect(withExit({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
  expect(withExit({ passed: 5, failed: 2 }, 1)).toEqual({ passed: 5, failed: 2 });
  expect(withExit({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
});

test('in a report of Vitest, a skipped test and a file that does not load have failed', () => {
  expect(
    readVitest({
      numPassedTests: 2,
      numTotalTests: 4,
      testResults: [
        {
          status: 'failed',
          assertionResults: [{ status: 'passed' }, { status: 'failed' }, { status: 'skipped' }],
        },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }),
  ).toEqual({ passed: 2, failed: 3 });
});

test('in a report of Playwright, flaky, skipped and errors outside of tests have failed', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 1 };
  expect(readPlaywright({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 4 });
});
