import { WORKLOAD_PRESETS } from '../workload/presets.ts';
import { isPlanNumber, readPlan } from '../workload/read-plan.ts';
import { type RunPlan, WORKLOAD_TRANSPORTS } from '../workload/workload.ts';
import { UsageError } from './command-errors.ts';

const TEXT = { type: 'string' } as const;

/** Passed on to the plan as they are. */
const PLAN_OPTIONS = {
  workload: TEXT,
  transports: TEXT,
  seconds: TEXT,
  direction: TEXT,
  rate: TEXT,
  size: TEXT,
  binary: TEXT,
  seed: TEXT,
  interval: TEXT,
} as const;

const FAULTS = ['lose', 'delay', 'jitter', 'buffer', 'bufferTime'];

export const LAB_OPTIONS = {
  ...PLAN_OPTIONS,
  port: TEXT,
  http: TEXT,
  runs: TEXT,
  faults: TEXT,
  out: TEXT,
  json: { type: 'boolean' },
} as const;

export const LAB_USAGE = `Usage: npm run lab [-- --port N]
       npm run -s lab -- --workload NAME [--transports LIST] [--http 1.1|2|both] [--runs N] [--seconds N]
                         [--faults LIST] [--out DIR] [--json]

Serves the transport lab on loopback until Ctrl+C; open it in any browser.
With --workload: carries the same messages over each transport in a headless browser that Wirescope records, counts
the bytes at the lab's own sockets, and prints the medians of all runs.

  --port N          the port (default: a free one)
  --workload NAME   ${WORKLOAD_PRESETS.map(({ id }) => id).join(', ')}
  --transports LIST all (default), or of ${WORKLOAD_TRANSPORTS.join(', ')}
  --http VERSION    1.1 (default, plain), 2 (over TLS), or both, one after the other
  --runs N          how often each is run (default 1)
  --seconds N       how long each run talks (default 10)
  --rate N  --size BYTES  --direction down|up|both|echo  --binary SHARE  --seed N
                    other values than the workload's own
  --interval MS     polling: from an answer to the next request (default 1000)
  --faults LIST     of lose=MESSAGES,delay=MS,jitter=MS,buffer=BYTES,bufferTime=MS: connections cut each time so many
                    messages were carried, a longer way, a proxy in front that holds answers back
  --out DIR         write each run's session there, and result.json
  --json            print the result as JSON and nothing else`;

/** What a bench is asked for. */
export interface BenchOptions {
  /** One for each HTTP version, with the query of its page. */
  readonly plans: readonly { readonly plan: RunPlan; readonly query: string }[];
  readonly runs: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

type LabValues = Readonly<Partial<Record<Exclude<keyof typeof LAB_OPTIONS, 'json'>, string>>> & {
  readonly json?: boolean;
};

/**
 * @returns undefined where the lab is only to be served
 * @throws {UsageError}
 */
export function readBenchOptions(values: LabValues): BenchOptions | undefined {
  if (values.workload === undefined) {
    const [stray] = Object.keys(values).filter((name) => name !== 'port');
    if (stray !== undefined) throw new UsageError(`--${stray} needs --workload.`);
    return undefined;
  }
  const query = new URLSearchParams();
  for (const name of Object.keys(PLAN_OPTIONS) as (keyof typeof PLAN_OPTIONS)[]) {
    const value = values[name];
    if (value !== undefined) query.set(name, value);
  }
  for (const [name, value] of readFaults(values.faults)) query.set(name, value);
  const versions = values.http === 'both' ? ['1.1', '2'] : [values.http ?? '1.1'];
  return {
    plans: versions.map((http) => readPlanOf(new URLSearchParams([...query, ['http', http]]))),
    runs: readRuns(values.runs ?? '1'),
    out: values.out,
    json: values.json ?? false,
  };
}

function readPlanOf(query: URLSearchParams): BenchOptions['plans'][number] {
  const read = readPlan(query);
  if (!read.ok) throw new UsageError(`${read.problems.join('; ')}.`);
  return { plan: read.plan, query: query.toString() };
}

function readFaults(text = ''): (readonly [string, string])[] {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    if (FAULTS.includes(name) && isPlanNumber(name)) return [name, value] as const;
    throw new UsageError(`--faults knows ${FAULTS.join(', ')}, not “${name}”.`);
  });
}

function readRuns(text: string): number {
  const runs = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (runs >= 1 && runs <= 100) return runs;
  throw new UsageError(`--runs takes a number from 1 to 100, not “${text}”.`);
}
