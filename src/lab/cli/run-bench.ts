import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import type { LabTransport } from '../lab-log.ts';
import type { Lab } from '../server.ts';
import { type LaneRow, medianRow, rowOf } from '../workload/lane-row.ts';
import type { RunResult } from '../workload/run-result.ts';
import type { RunPlan } from '../workload/workload.ts';
import { renderBench } from './bench-table.ts';
import { type ComputedCost, computedCost } from './computed-cost.ts';
import { StoppedError } from './command-errors.ts';
import type { BenchOptions } from './lab-options.ts';
import { openPage, pageLost } from './open-page.ts';
import { untilSessionOfPage } from './panel-session.ts';
import { recordedRun } from './recorded-run.ts';
import { unlessStopped } from './run-command.ts';
import { type OpenPanel, warn, withPanel } from './with-panel.ts';
import { prepareFolder, writeWhole } from './write-whole.ts';

/** One run as the lab counted it and as Wirescope recorded it. */
export interface BenchRun {
  readonly result: RunResult;
  /** By the recording, for each lane that has a channel in it. */
  readonly costs: Readonly<Partial<Record<LabTransport, ComputedCost>>>;
  /** The session's file, where it was to be kept. */
  readonly trace?: string;
}

/** All runs, and what people read of them. */
export interface BenchResult {
  readonly format: 'wirescope-lab';
  readonly version: 1;
  readonly machine: {
    readonly processors: string;
    readonly node: string;
    readonly browser: string;
  };
  readonly runs: readonly BenchRun[];
  readonly medians: readonly { readonly plan: RunPlan; readonly rows: readonly LaneRow[] }[];
}

/** What may still be on its way when all was said: polls, delays, the panel's own pace. */
const PATIENCE = 120_000;

/** Runs everything that was asked for, prints what came out, and writes it where it is wanted. */
export async function runBench(lab: Lab, options: BenchOptions, stop: AbortSignal): Promise<void> {
  const out = options.out === undefined ? undefined : resolve(options.out);
  if (out !== undefined) await prepareFolder(out);
  const result = await withPanel(
    { headless: true, trusts: lab.spkiHash, stop, say: warn },
    async (open) => {
      const runs = await Promise.race([
        pageLost(open.page),
        carryOut(open, lab, { ...options, out }, stop),
      ]);
      return sumUp(runs, open.browser.version);
    },
  );
  const json = JSON.stringify(result, null, 2);
  if (out !== undefined) await writeWhole(join(out, 'result.json'), `${json}\n`);
  console.log(options.json ? json : renderBench(result));
}

/** A stop ends it early: what was run until then counts. */
async function carryOut(
  open: OpenPanel,
  lab: Lab,
  { plans, runs: times, out }: BenchOptions,
  stop: AbortSignal,
): Promise<BenchRun[]> {
  const runs: BenchRun[] = [];
  try {
    for (const { plan, query } of plans) {
      for (let nth = 1; nth <= times; nth++) {
        const { name, workload, http, transports } = plan;
        warn(
          `${name} over HTTP/${http}, ${transports.length} transports, ${workload.seconds} s, run ${nth} of ${times} …`,
        );
        const url = `${lab.origin}/workload?${query}&start=1`;
        const trace = out && join(out, `${name}-http${http}-${nth}.jsonl`);
        runs.push(await unlessStopped(stop, runOnce(open, url, plan, trace)));
      }
    }
  } catch (error) {
    if (!(error instanceof StoppedError) || runs.length === 0) throw error;
    warn('Stopped; this is what was run until then.');
  }
  return runs;
}

async function runOnce(
  open: OpenPanel,
  url: string,
  { workload }: RunPlan,
  trace: string | undefined,
): Promise<BenchRun> {
  const { page } = open;
  await openPage(page, url);
  await untilSessionOfPage(open);
  await page.waitForFunction(
    `['done', 'failed'].includes(document.documentElement.dataset.state)`,
    undefined,
    { timeout: workload.seconds * 1_000 + PATIENCE },
  );
  const told = await page.evaluate<string>(`document.getElementById('result').textContent`);
  if (told === '') {
    const status = await page.evaluate<string>(`document.getElementById('status').textContent`);
    throw new Error(`The run failed: ${status}`);
  }
  const result = JSON.parse(told) as RunResult;
  const session = await recordedRun(open.devtools, result, trace);
  const costs = result.lanes.flatMap((lane) => {
    const cost = computedCost(session, lane);
    return cost === undefined ? [] : [[lane.transport, cost] as const];
  });
  return { result, costs: Object.fromEntries(costs), ...(trace !== undefined && { trace }) };
}

function sumUp(runs: readonly BenchRun[], browser: string): BenchResult {
  const byPlan = new Map<string, RunResult[]>();
  for (const { result } of runs) {
    const key = result.plan.http;
    byPlan.set(key, [...(byPlan.get(key) ?? []), result]);
  }
  return {
    format: 'wirescope-lab',
    version: 1,
    machine: {
      processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      node: process.version,
      browser,
    },
    runs,
    medians: [...byPlan.values()].flatMap((results) => {
      const [first] = results;
      if (first === undefined) return [];
      return [{ plan: first.plan, rows: mediansOf(results, first.plan) }];
    }),
  };
}

function mediansOf(results: readonly RunResult[], { transports }: RunPlan): LaneRow[] {
  return transports.flatMap((transport) => {
    const rows = results.flatMap(({ lanes }) =>
      lanes.filter((lane) => lane.transport === transport).map(rowOf),
    );
    const [first, ...more] = rows;
    return first === undefined ? [] : [medianRow([first, ...more])];
  });
}
