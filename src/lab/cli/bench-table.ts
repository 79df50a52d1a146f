import { cellOf, ROW_COLUMNS } from '../workload/row-columns.ts';
import type { RunPlan } from '../workload/workload.ts';
import { renderCosts } from './cost-table.ts';
import type { BenchResult } from './run-bench.ts';
import { renderTextTable } from './text-table.ts';

/** The medians for a terminal: a table for each HTTP version, and what was run. */
export function renderBench({ machine, runs, medians }: BenchResult): string {
  const lines = medians.flatMap(({ plan, rows }) => {
    const ofPlan = runs.filter(({ result }) => result.plan.http === plan.http);
    const columns = [
      { head: 'transport', isNumber: false },
      { head: 'http', isNumber: false },
      ...ROW_COLUMNS.map(({ head }) => ({ head, isNumber: true })),
    ];
    const cells = rows.map((row) => [
      row.transport,
      row.protocol,
      ...ROW_COLUMNS.map((column) => cellOf(row, column)),
    ]);
    return [
      describePlan(plan, ofPlan.length),
      '',
      ...renderTextTable(columns, cells),
      '',
      'The same by the recordings, against what was counted:',
      ...renderCosts(plan, ofPlan),
      '',
    ];
  });
  const kept = runs.flatMap(({ trace }) => trace ?? []);
  const { processors, node, browser } = machine;
  return [
    ...lines,
    'Bytes are counted at the lab’s sockets, above TLS; times are by one clock, page and server on one machine.',
    `${processors} · Node ${node} · ${browser}`,
    ...(kept.length === 0 ? [] : ['', ...kept]),
  ].join('\n');
}

function describePlan({ name, workload, faults, http, interval }: RunPlan, times: number): string {
  const { direction, rate, size, binary, seconds, seed } = workload;
  const wrong = Object.entries(faults).filter(
    ([fault, value]) => value > 0 && (fault !== 'bufferTime' || faults.buffer > 0),
  );
  return [
    `${name} over HTTP/${http}`,
    `${direction}, ${rate}/s of ${size} bytes${binary > 0 ? `, ${binary * 100} % binary` : ''}`,
    `${seconds} s, seed ${seed}, polled every ${interval} ms`,
    ...(wrong.length === 0 ? [] : [wrong.map(([fault, value]) => `${fault}=${value}`).join(' ')]),
    times === 1 ? 'one run' : `medians of ${times} runs`,
  ].join(' · ');
}
