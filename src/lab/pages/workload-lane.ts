import { sleep } from '../sleep.ts';
import { createMessage } from '../workload/payload.ts';
import type { PageMeasures, RunBegun } from '../workload/run-result.ts';
import { computeSchedule } from '../workload/schedule.ts';
import type { RunPlan } from '../workload/workload.ts';
import type { WorkloadClient, WorkloadHooks } from './workload-client.ts';
import { createEventSourceWorkload } from './workload-eventsource.ts';
import { createPollWorkload, createStreamWorkload } from './workload-fetches.ts';
import { createWebSocketWorkload } from './workload-websocket.ts';

type BegunLane = RunBegun['lanes'][number];

/** How a lane stands, for whoever watches. */
export interface LaneProgress {
  readonly state: 'connecting' | 'open' | 'lost' | 'done' | 'incomplete';
  readonly received: number;
  readonly sent: number;
}

/** What comes late is waited for so long after the last message was due, beside what the plan itself delays. */
const PATIENCE = 5_000;

const wallNow = (): number => performance.timeOrigin + performance.now();

/** Carries the workload over one transport, until all of it is here or nothing more will come. */
export async function runLane(
  lane: BegunLane,
  plan: RunPlan,
  show: (progress: LaneProgress) => void,
): Promise<PageMeasures> {
  const schedule = computeSchedule(plan.workload);
  const over = new AbortController();
  const got = new Set<number>();
  const delays: number[] = [];
  const counts = { sent: 0, repeated: 0, losses: 0 };
  let connect: number | null = null;
  let firstMessage: number | null = null;
  let allReceived: () => void = () => undefined;
  const isReceived = new Promise<void>((resolve) => (allReceived = resolve));

  const tell = (state: LaneProgress['state']): void => {
    show({ state, received: got.size, sent: counts.sent });
  };
  tell('connecting');
  const startedAt = performance.now();
  // A browser asks for a WebSocket in HTTP/2 only where it has such a connection already, and one with credentials.
  if (plan.http === '2' && lane.transport === 'websocket') {
    const hello = { credentials: 'include', mode: 'no-cors' } as const;
    await fetch(`${lane.origin}/hello`, hello).catch(() => undefined);
  }

  const client = clientFor(lane, plan, {
    seen: () => got.size,
    opened: () => {
      connect ??= performance.now() - startedAt;
      tell('open');
    },
    received: ({ seq, at }) => {
      delays.push(wallNow() - at);
      firstMessage ??= performance.now() - startedAt;
      if (got.has(seq)) counts.repeated++;
      got.add(seq);
      tell('open');
      if (got.size >= schedule.toReceive) allReceived();
    },
    lost: () => {
      counts.losses++;
      tell('lost');
    },
  });

  async function sendAll(): Promise<void> {
    const begunAt = performance.now();
    const handed: Promise<void>[] = [];
    for (const planned of schedule.sent) {
      await sleep(begunAt + planned.due - performance.now(), over.signal);
      if (over.signal.aborted) return;
      handed.push(client.send(createMessage(planned, plan.workload, wallNow()).payload));
      counts.sent++;
      tell('open');
    }
    await Promise.all(handed);
  }

  if (schedule.toReceive === 0) allReceived();
  await Promise.race([Promise.all([isReceived, sendAll()]), sleep(longestOf(plan), over.signal)]);
  over.abort();
  client.close();
  const isWhole = got.size >= schedule.toReceive && counts.sent === schedule.sent.length;
  tell(isWhole ? 'done' : 'incomplete');
  const { repeated, losses } = counts;
  const { transport } = lane;
  return { transport, connect, firstMessage, delays, received: got.size, repeated, losses };
}

function longestOf({ workload, faults, interval }: RunPlan): number {
  const slow = faults.delay + faults.jitter + faults.bufferTime;
  return workload.seconds * 1000 + PATIENCE + interval + 4 * slow;
}

function clientFor(
  { transport, origin }: BegunLane,
  { interval }: RunPlan,
  hooks: WorkloadHooks,
): WorkloadClient {
  switch (transport) {
    case 'websocket':
      return createWebSocketWorkload(origin, hooks);
    case 'eventsource':
      return createEventSourceWorkload(origin, hooks);
    case 'fetch-stream':
      return createStreamWorkload(origin, hooks);
    case 'long-polling':
      return createPollWorkload(origin, transport, 0, hooks);
    case 'polling':
      return createPollWorkload(origin, transport, interval, hooks);
  }
}
