import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/lab/cli/command-errors.ts';
import { readBenchOptions } from '../../../src/lab/cli/lab-options.ts';
import { medianOf } from '../../../src/lab/workload/lane-row.ts';
import { type ComputedCost, offBy } from '../../../src/lab/cli/computed-cost.ts';

describe('the options of the lab', () => {
  test('without a workload it is only served', () => {
    expect(readBenchOptions({ port: '80' })).toBeUndefined();
  });

  test('both HTTP versions are two plans of one workload', () => {
    const options = readBenchOptions({
      workload: 'log',
      http: 'both',
      runs: '3',
      faults: 'lose=5,delay=2',
    });
    expect(options?.plans.map(({ plan }) => plan.http)).toEqual(['1.1', '2']);
    expect(options?.plans[0]?.plan.faults).toMatchObject({ lose: 5, delay: 2 });
    expect(options?.plans[1]?.query).toContain('http=2');
    expect(options).toMatchObject({ runs: 3, json: false, out: undefined });
  });

  test.each([
    [{ runs: '3' }, '--runs needs --workload'],
    [{ workload: 'x' }, 'there is no workload “x”'],
    [{ workload: 'log', runs: '0' }, '--runs takes'],
    [{ workload: 'log', faults: 'rain=1' }, '--faults knows'],
    [{ workload: 'log', http: '3' }, 'http must be'],
  ])('%o is refused in words', (values, words) => {
    expect(() => readBenchOptions(values)).toThrow(UsageError);
    expect(() => readBenchOptions(values)).toThrow(words);
  });
});

test('a median is the middle, of what is there', () => {
  expect(medianOf([3, null, 1, 2])).toBe(2);
  expect(medianOf([4, 1])).toBe(2.5);
  expect(medianOf([null])).toBeNull();
});

test('what is computed is off by a share of what was counted', () => {
  const cost: ComputedCost = {
    computed: { framing: 98, headers: 10, payload: 100, requests: 1 },
    counted: { framing: 100, headers: 0, payload: 100, requests: 1 },
    control: 0,
    http: 'h2',
  };
  expect(offBy('framing', cost)).toBeCloseTo(-0.02);
  expect(offBy('headers', cost)).toBeNull();
  expect(offBy('total', cost)).toBeCloseTo(0.04);
  expect(offBy('requests', cost)).toBe(0);
});
