import type { ServerResponse } from 'node:http';
import { payloadOf } from './feed-run.ts';
import { type FeedClock, wallNow } from './feed-clock.ts';
import type { Faults } from './faults.ts';
import type { ConnectionRecord } from './lab-log.ts';
import type { LabContext, LabRequest } from './lab-request.ts';
import { sleep } from './sleep.ts';

/** No answer holds more ticks; the page asks again for the rest. */
const MAX_TICKS = 1000;

/** What polls without a key share. */
const NOBODY = '';

/** Responses that end: each answers with the ticks after `after`, as one JSON text. */
export async function servePoll(
  { stories }: LabContext,
  { endpoint, faults }: LabRequest,
  response: ServerResponse,
  record: ConnectionRecord,
): Promise<void> {
  const gone = new AbortController();
  response.on('error', () => gone.abort());
  response.on('close', () => {
    gone.abort();
    record.closed(response.writableFinished ? 'server' : 'page');
  });
  const clock = stories.clockOf(faults, faults.key ?? NOBODY);
  const after = (faults.resume ? faults.after : null) ?? latestBut(faults, clock);
  if (endpoint === '/long-poll/feed') await untilDue(faults, clock, after, gone.signal);
  if (gone.signal.aborted) return;

  const due = lastDue(faults, clock);
  const last = Math.max(after, Math.min(due, after + MAX_TICKS));
  const ticks = Array.from({ length: last - after }, (_, index) =>
    payloadOf(faults, { clock }, after + 1 + index),
  );
  const isDone = faults.count !== null && last >= faults.count;
  const payload = `{"after":${after},"last":${last},"done":${isDone},"ticks":[${ticks.join(',')}]}`;
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  record.opened(200);
  record.message({
    direction: 'received',
    data: 'text',
    payload,
    eventType: null,
    lastEventId: null,
  });
  response.end(payload);
}

function lastDue(faults: Faults, clock: FeedClock): number {
  return Math.min(clock.lastDue(wallNow()), faults.count ?? Infinity);
}

/** Whoever does not say what it has seen gets the newest tick. */
function latestBut(faults: Faults, clock: FeedClock): number {
  return Math.max(0, lastDue(faults, clock) - 1);
}

/** Holds until a tick is due that the page has not seen, the feed is over, or the wait is. */
async function untilDue(
  faults: Faults,
  clock: FeedClock,
  after: number,
  signal: AbortSignal,
): Promise<void> {
  if (faults.count !== null && after >= faults.count) return;
  const deadline = wallNow() + faults.wait;
  const wakeAt = Math.min(clock.dueAt(after + 1), deadline);
  // A timer may fire a little early, so look at the clock again.
  for (let rest = wakeAt - wallNow(); rest > 0 && !signal.aborted; rest = wakeAt - wallNow()) {
    await sleep(Math.ceil(rest), signal);
  }
}
