import type { ScenarioLane } from '../scenarios.ts';
import { sleep } from '../sleep.ts';
import type { LaneClient, LaneReporter } from './lane-client.ts';

interface PollAnswer {
  readonly last: number;
  readonly done: boolean;
  readonly ticks: readonly unknown[];
}

/** Asks again and again for what came after the last answer; with an interval of 0, long polling. */
export function createPollClient(lane: ScenarioLane, url: URL, reporter: LaneReporter): LaneClient {
  let abort: AbortController | null = null;

  async function run(signal: AbortSignal): Promise<void> {
    let after = 0;
    reporter.state('connecting');
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      try {
        const answer = await ask(after, signal);
        reporter.state('open');
        after = answer.last;
        for (const tick of answer.ticks) reporter.received(JSON.stringify(tick));
        if (answer.ticks.length === 0) reporter.note('nothing new');
        if (answer.done) {
          reporter.state('closed');
          return;
        }
        await sleep(lane.interval ?? 0, signal);
      } catch (error) {
        if (isStopped()) return;
        reporter.state('waiting');
        reporter.note(error instanceof Error ? error.message : 'failed');
        await sleep(1000, signal);
      }
    }
  }

  async function ask(after: number, signal: AbortSignal): Promise<PollAnswer> {
    const target = new URL(url);
    target.searchParams.set('after', String(after));
    const response = await fetch(target, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()) as PollAnswer;
  }

  return {
    start: () => {
      abort = new AbortController();
      void run(abort.signal);
    },
    stop: () => abort?.abort(),
  };
}
