import type { Milliseconds } from '../units.ts';

/** What asking again and again amounts to. */
export interface PollPlan {
  readonly requests: number;
  /** How many messages come with each answer that brings any. */
  readonly batches: readonly number[];
  /** How much later each message comes than it was there, in the order of the messages. */
  readonly delays: readonly Milliseconds[];
}

type Stretches = readonly { readonly from: Milliseconds; readonly to: Milliseconds }[];

/**
 * A page that asks by the clock: at the beginning of each stretch and every `interval` after it. What comes between waits
 * for the next request; the way there and back is not in it.
 * @param times when messages were there, ascending
 */
export function planPolls(
  times: readonly Milliseconds[],
  stretches: Stretches,
  interval: Milliseconds,
): PollPlan {
  let requests = 0;
  const batches: number[] = [];
  const delays: Milliseconds[] = [];
  let place = 0;
  for (const [index, { from, to }] of stretches.entries()) {
    requests += Math.floor((to - from) / interval) + 1;
    const until = stretches[index + 1]?.from ?? Infinity;
    let lastPoll = -1;
    for (; place < times.length && (times[place] ?? 0) < until; place += 1) {
      const at = times[place] ?? 0;
      const poll = Math.max(0, Math.ceil((at - from) / interval));
      delays.push(Math.max(0, from + poll * interval - at));
      if (poll === lastPoll) batches.push((batches.pop() ?? 0) + 1);
      else batches.push(1);
      lastPoll = poll;
    }
  }
  // What comes after the last request of a stretch takes one more.
  return { requests: Math.max(requests, batches.length), batches, delays };
}

/** Proxies end requests that wait for a minute; servers answer before. */
export const LONGEST_HOLD: Milliseconds = 30_000;

/**
 * A page that always has a request waiting: a message answers it at once, and what comes before the next request is there,
 * one round trip later, goes together into the next answer.
 */
export function planLongPolls(
  times: readonly Milliseconds[],
  stretches: Stretches,
  roundTrip: Milliseconds,
): PollPlan {
  let requests = 0;
  const batches: number[] = [];
  const delays: Milliseconds[] = [];
  let place = 0;
  for (const [index, { from, to }] of stretches.entries()) {
    const until = stretches[index + 1]?.from ?? Infinity;
    /** When the server has a request to answer. */
    let ready = from;
    requests += 1;
    for (;;) {
      const next = times[place];
      const isDue = next !== undefined && next < until;
      const end = isDue ? Math.max(next, ready) : to;
      // Answered with nothing, so that no proxy loses patience.
      const empty = Math.max(0, Math.ceil((end - ready) / (LONGEST_HOLD + roundTrip)) - 1);
      requests += empty;
      if (!isDue) break;
      let batch = 0;
      for (; place < times.length && (times[place] ?? Infinity) <= end; place += 1) {
        delays.push(end - (times[place] ?? end));
        batch += 1;
      }
      batches.push(batch);
      ready = end + roundTrip;
      requests += 1;
    }
  }
  return { requests, batches, delays };
}
