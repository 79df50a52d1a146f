import type { Faults } from './faults.ts';
import { computeTick, encodeTick } from './feed.ts';
import { wallNow } from './feed-clock.ts';
import { sleep } from './sleep.ts';
import type { FeedEntry } from './stories.ts';

/** Takes one message; answers a promise when the socket wants a rest. */
export type FeedSink = (payload: string, seq: number) => Promise<void> | undefined;

/** The text of one tick, the same for everyone who asks for it with these faults. */
export function payloadOf(faults: Faults, entry: Pick<FeedEntry, 'clock'>, seq: number): string {
  const time = Math.round(entry.clock.dueAt(seq));
  return encodeTick(
    computeTick(faults.seed, seq, time),
    seq === 1 ? faults.huge + faults.size : faults.size,
  );
}

/** Sends what is due, waits for the rest; ends with the feed's count or with the connection. */
export async function runFeed(
  faults: Faults,
  entry: FeedEntry,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<void> {
  for (let seq = entry.first; faults.count === null || seq <= faults.count; seq++) {
    const wait = entry.clock.dueAt(seq) - wallNow();
    if (wait > 0) await sleep(wait, signal);
    if (signal.aborted) return;
    const rest = sink(payloadOf(faults, entry, seq), seq);
    if (rest !== undefined) await rest;
  }
}
