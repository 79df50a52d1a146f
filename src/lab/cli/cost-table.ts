import { medianOf } from '../workload/lane-row.ts';
import type { RunPlan } from '../workload/workload.ts';
import { type ComputedCost, offBy } from './computed-cost.ts';
import type { BenchRun } from './run-bench.ts';
import { renderTextTable } from './text-table.ts';

const COLUMNS: readonly {
  readonly head: string;
  readonly value: (cost: ComputedCost) => number | null;
  readonly isShare?: true;
}[] = [
  { head: 'framing counted', value: ({ counted }) => counted.framing },
  { head: 'computed', value: ({ computed }) => computed.framing },
  { head: 'off by', value: (cost) => offBy('framing', cost), isShare: true },
  { head: 'headers counted', value: ({ counted }) => counted.headers },
  { head: 'computed', value: ({ computed }) => computed.headers },
  { head: 'off by', value: (cost) => offBy('headers', cost), isShare: true },
  { head: 'all off by', value: (cost) => offBy('total', cost), isShare: true },
  { head: 'requests', value: ({ counted }) => counted.requests },
  { head: 'computed', value: ({ computed }) => computed.requests },
  { head: 'h2 control', value: ({ control }) => control },
];

/** What Wirescope computes from the recordings against what the sockets counted, medians over these runs. */
export function renderCosts({ transports }: RunPlan, runs: readonly BenchRun[]): string[] {
  const columns = COLUMNS.map(({ head }) => ({ head, isNumber: true }));
  const rows = transports.flatMap((transport) => {
    const costs = runs.flatMap((run) => run.costs[transport] ?? []);
    if (costs.length === 0) return [[transport, 'not in the recording']];
    const cells = COLUMNS.map(({ value, isShare }) => {
      const median = medianOf(costs.map(value));
      if (median === null) return '–';
      return isShare ? percent(median) : Math.round(median).toLocaleString('en');
    });
    return [[transport, costs[0]?.http ?? '', ...cells]];
  });
  const heads = ['transport', 'computed for'].map((head) => ({ head, isNumber: false }));
  const isLacking = runs.some(({ costs }) =>
    Object.values(costs).some(({ computed, counted }) => computed.requests < counted.requests),
  );
  return [...renderTextTable([...heads, ...columns], rows), ...(isLacking ? [LACKING] : [])];
}

const LACKING =
  'Where fewer requests are computed than were counted, the recording lacks them: POSTs beside a stream, or polls before they were known as such.';

function percent(share: number): string {
  const text = (share * 100).toFixed(1);
  if (text === '0.0' || text === '-0.0') return '0.0 %';
  return `${share > 0 ? '+' : '−'}${text.replace('-', '')} %`;
}
