import type { Tally } from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';
import { wallNow } from '../feed-clock.ts';
import { createMessage, readMessage, type WorkloadMessage } from './payload.ts';
import { computeSchedule } from './schedule.ts';
import type { Workload } from './workload.ts';

/** What happens on the server's side of one lane, whatever carries it. */
export interface LaneStory {
  /** From the first word of the page on, messages happen; later calls do nothing. */
  begin: () => void;
  /** What happened after this number. */
  after: (seq: number) => readonly WorkloadMessage[];
  /** Calls with each message as it happens, until the signal. */
  follow: (listener: (message: WorkloadMessage) => void, until: AbortSignal) => void;
  /** All up to this number are being told. @returns how many of them for the first time */
  tell: (upTo: number) => number;
  /** A message of the page has come. @returns how many are new: 1, or 0 */
  take: (payload: string | Uint8Array) => number;
  readonly sent: () => Tally;
  /** How long each message of the page was on its way. */
  readonly sentDelays: () => readonly Milliseconds[];
  readonly received: () => Tally;
  end: () => void;
}

export function createLaneStory(workload: Workload): LaneStory {
  const { received: planned } = computeSchedule(workload);
  const happened: WorkloadMessage[] = [];
  const taken = new Set<number>();
  const delays: Milliseconds[] = [];
  const listeners = new Set<(message: WorkloadMessage) => void>();
  const sent = { messages: 0, bytes: 0 };
  const received = { messages: 0, bytes: 0 };
  let told = 0;
  let startedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  function happen(of: { seq: number; isBinary: boolean }): void {
    const message = createMessage(of, workload, wallNow());
    happened.push(message);
    received.messages++;
    received.bytes += message.payload.length;
    for (const listener of listeners) listener(message);
  }

  function planNext(): void {
    const next = planned[happened.length];
    if (next === undefined || startedAt === undefined) return;
    timer = setTimeout(
      () => {
        happen(next);
        planNext();
      },
      Math.max(0, startedAt + next.due - performance.now()),
    );
  }

  return {
    begin: () => {
      if (startedAt !== undefined) return;
      startedAt = performance.now();
      planNext();
    },
    after: (seq) => happened.slice(seq),
    follow: (listener, until) => {
      if (until.aborted) return;
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener));
    },
    tell: (upTo) => {
      const before = told;
      told = Math.max(told, upTo);
      return told - before;
    },
    take: (payload) => {
      const now = wallNow();
      const { seq, at } = readMessage(
        typeof payload === 'string' ? payload : new Uint8Array(payload).buffer,
      );
      // A page that does not know whether a request arrived asks again.
      if (taken.has(seq)) return 0;
      taken.add(seq);
      delays.push(now - at);
      sent.messages++;
      sent.bytes += payload.length;
      if (workload.direction === 'echo') {
        happen({ seq: happened.length + 1, isBinary: typeof payload !== 'string' });
      }
      return 1;
    },
    sent: () => ({ ...sent }),
    sentDelays: () => delays,
    received: () => ({ ...received }),
    end: () => {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
