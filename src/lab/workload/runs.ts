import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../../core/pairs/latencies.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { Certificate } from './certificate.ts';
import { createLane, type Lane } from './lane.ts';
import type { DelaySummary, LaneResult, PageMeasures, RunBegun, RunResult } from './run-result.ts';
import { computeSchedule } from './schedule.ts';
import { totalOf } from './wire-split.ts';
import type { RunPlan } from './workload.ts';

/** The runs of a lab: each has its servers until the page says that it has what it wanted. */
export interface Runs {
  begin: (plan: RunPlan) => Promise<RunBegun>;
  /** @returns undefined where there is no such run any more */
  end: (id: number, measures: readonly PageMeasures[]) => Promise<RunResult | undefined>;
  close: () => Promise<void>;
}

/** Pages that are closed never end their runs; the oldest goes. */
const MAX_RUNS = 8;
/** What the page sent last may still be on its way. */
const PATIENCE: Milliseconds = 2_000;

export function createRuns(certificate: Certificate): Runs {
  const running = new Map<number, { plan: RunPlan; lanes: readonly Lane[] }>();
  let nextId = 1;

  async function stop(id: number): Promise<void> {
    const run = running.get(id);
    running.delete(id);
    await Promise.all(run?.lanes.map((lane) => lane.close()) ?? []);
  }

  return {
    begin: async (plan) => {
      const [oldest] = running.keys();
      if (running.size >= MAX_RUNS && oldest !== undefined) await stop(oldest);
      const id = nextId++;
      const lanes = await Promise.all(
        plan.transports.map((transport) => createLane(transport, plan, certificate)),
      );
      running.set(id, { plan, lanes });
      const told = lanes.map(({ transport, front }) => ({ transport, origin: front.origin }));
      return { id, plan, lanes: told };
    },
    end: async (id, measures) => {
      const run = running.get(id);
      if (run === undefined) return undefined;
      const { plan, lanes } = run;
      const toSend = computeSchedule(plan.workload).sent.length;
      const deadline = performance.now() + PATIENCE;
      while (
        lanes.some(({ story }) => story.sent().messages < toSend) &&
        performance.now() < deadline
      ) {
        await pause(20);
      }
      await stop(id);
      return { plan, lanes: lanes.map((lane) => resultOf(lane, measures)) };
    },
    close: async () => {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

function resultOf({ transport, front, story }: Lane, all: readonly PageMeasures[]): LaneResult {
  const page = all.find((measures) => measures.transport === transport);
  const said = { sent: story.sent(), received: story.received() };
  const wireBytes = totalOf(front.sent) + totalOf(front.received);
  const messages = said.sent.messages + said.received.messages;
  return {
    transport,
    origin: front.origin,
    protocol: front.protocols().join(' + '),
    connections: front.connections(),
    requests: front.requests(),
    said,
    arrived: { sent: said.sent.messages, received: page?.received ?? 0 },
    wire: { sent: { ...front.sent }, received: { ...front.received } },
    wireBytes,
    bytesPerMessage: messages === 0 ? null : wireBytes / messages,
    connect: page?.connect ?? null,
    firstMessage: page?.firstMessage ?? null,
    delay: { sent: summaryOf(story.sentDelays()), received: summaryOf(page?.delays ?? []) },
    losses: page?.losses ?? 0,
    repeated: page?.repeated ?? 0,
  };
}

function summaryOf(delays: readonly Milliseconds[]): DelaySummary | null {
  const sorted = Float64Array.from(delays).sort();
  const p50 = percentile(sorted, 0.5);
  const p95 = percentile(sorted, 0.95);
  return p50 === undefined || p95 === undefined ? null : { p50, p95 };
}
