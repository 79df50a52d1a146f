import type { LaneClient, LaneReporter } from './lane-client.ts';
import { readLines } from './read-lines.ts';

/** A fetch whose body is read while it comes: lines of JSON, or an event stream. */
export function createStreamClient(url: URL, reporter: LaneReporter): LaneClient {
  let abort: AbortController | null = null;

  async function run(signal: AbortSignal): Promise<void> {
    reporter.state('connecting');
    try {
      const response = await fetch(url, { signal });
      if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
      reporter.state('open');
      reporter.note('open');
      await readLines(response.body, (line) => {
        const data = line.startsWith('data: ') ? line.slice('data: '.length) : line;
        if (data.startsWith('{')) reporter.received(data);
      });
      reporter.note('ended');
    } catch (error) {
      if (signal.aborted) return;
      reporter.note(error instanceof Error ? error.message : 'broken');
    }
    reporter.state('closed');
  }

  return {
    start: () => {
      abort = new AbortController();
      void run(abort.signal);
    },
    stop: () => abort?.abort(),
  };
}
