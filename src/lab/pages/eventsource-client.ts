import type { LaneClient, LaneReporter } from './lane-client.ts';

/** An EventSource; it reconnects by itself, so this client only watches. */
export function createEventSourceClient(url: URL, reporter: LaneReporter): LaneClient {
  let source: EventSource | null = null;

  function start(): void {
    reporter.state('connecting');
    const current = new EventSource(url);
    source = current;
    const received = (event: MessageEvent<unknown>): void => {
      if (source === current) reporter.received(String(event.data));
    };
    const types = url.searchParams.get('events')?.split(',') ?? [];
    for (const type of ['message', ...types]) current.addEventListener(type, received);
    current.addEventListener('open', () => {
      if (source !== current) return;
      reporter.state('open');
      reporter.note('open');
    });
    current.addEventListener('error', () => {
      if (source !== current) return;
      const isOver = current.readyState === EventSource.CLOSED;
      reporter.state(isOver ? 'closed' : 'waiting');
      reporter.note(isOver ? 'failed for good' : 'lost; the browser tries again');
    });
  }

  return {
    start,
    stop: () => {
      source?.close();
      source = null;
    },
  };
}
