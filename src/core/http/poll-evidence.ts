import { formatBytes, formatSpan } from '../format.ts';
import type { Milliseconds } from '../units.ts';
import type { HeldRequest } from './held-request.ts';
import { pageAskedFor } from './poll-key.ts';

/** Regular: so many requests, their starts nearly evenly apart. */
const REGULAR_REQUESTS = 4;
const MOST_VARIATION = 0.35;
/** A timer leaves a pause; uploads in parts and loops over pages do not. */
const LEAST_PAUSE: Milliseconds = 50;
/** What a run was before it became regular may be a third and more of it, not its most. */
const REGULAR_SHARE = 0.6;

/** Chained: so often in a row the next one began at once, and the server held them open so long; the oftener, the shorter. */
const CHAINS: readonly { links: number; heldOpen: Milliseconds }[] = [
  { links: 3, heldOpen: 400 },
  { links: 8, heldOpen: 100 },
];
const LONGEST_GAP: Milliseconds = 150;
/** A request that brings more is there to bring it. */
const MOST_SENT = 64 * 1024;

/**
 * Why requests to one address are polling, in plain words; nothing where they are not.
 * @param requests in the order in which they began; the last one has just begun
 */
export function pollEvidence(requests: readonly HeldRequest[]): string[] | undefined {
  const run = runUpToLast(requests);
  const [last] = run.slice(-1);
  if (last === undefined || run.some(({ sentBytes }) => sentBytes > MOST_SENT)) {
    return undefined;
  }
  if (isPaging(run, false)) return undefined;
  return chainedEvidence(run) ?? (isPaging(run, true) ? undefined : regularEvidence(run));
}

/**
 * The last requests that followed each other: each one answered well, over when the next began, and with the same
 * question in its body (of the last one nobody knows it yet).
 */
function runUpToLast(requests: readonly HeldRequest[]): HeldRequest[] {
  let first = requests.length - 1;
  while (first > 0) {
    const before = requests[first - 1];
    const next = requests[first];
    if (before?.endedAt === undefined || next === undefined || !before.isAnswered) break;
    if (next.created.at < before.endedAt) break;
    if (first < requests.length - 1 && next.question !== before.question) break;
    first -= 1;
  }
  return requests.slice(Math.max(first, 0));
}

/** Leafing through pages can be as regular as a poll. */
function isPaging(run: readonly HeldRequest[], alsoEntries: boolean): boolean {
  const pages = new Set(run.map(({ created }) => pageAskedFor(created.url, alsoEntries)));
  return pages.size > 1;
}

function regularEvidence(whole: readonly HeldRequest[]): string[] | undefined {
  const count = Math.max(REGULAR_REQUESTS, Math.ceil(whole.length * REGULAR_SHARE));
  if (whole.length < count) return undefined;
  const run = whole.slice(-count);
  const intervals = between(run, (before, next) => next.created.at - before.created.at);
  const pauses = between(run, pauseBetween);
  const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
  const variation = deviation(intervals, mean) / mean;
  if (!(variation < MOST_VARIATION) || median(pauses) < LEAST_PAUSE) return undefined;
  return [
    `${run.length} requests to one address, each begun after the one before had ended`,
    `one every ${formatSpan(mean)}, give or take ${Math.round(variation * 100)} %`,
  ];
}

function chainedEvidence(whole: readonly HeldRequest[]): string[] | undefined {
  for (const chain of CHAINS) {
    const evidence = chainEvidence(whole.slice(-chain.links - 1), chain);
    if (evidence !== undefined) return evidence;
  }
  return undefined;
}

function chainEvidence(
  run: readonly HeldRequest[],
  chain: (typeof CHAINS)[number],
): string[] | undefined {
  const gaps = between(run, pauseBetween);
  const heldOpen = median(between(run, (before) => durationOf(before)));
  const longest = Math.max(...gaps);
  if (gaps.length < chain.links || longest > LONGEST_GAP || heldOpen < chain.heldOpen) {
    return undefined;
  }
  return [
    `${gaps.length} times in a row the next request to this address began within ${formatSpan(longest)} of the end of the one before`,
    `the server held them open for ${formatSpan(heldOpen)} (median)`,
    `none sent more than ${formatBytes(MOST_SENT)}`,
  ];
}

function between(
  run: readonly HeldRequest[],
  measure: (before: HeldRequest, next: HeldRequest) => number,
): number[] {
  const measures: number[] = [];
  let before: HeldRequest | undefined;
  for (const next of run) {
    if (before !== undefined) measures.push(measure(before, next));
    before = next;
  }
  return measures;
}

const durationOf = ({ created, endedAt = created.at }: HeldRequest) => endedAt - created.at;
const pauseBetween = ({ created, endedAt = created.at }: HeldRequest, next: HeldRequest) =>
  next.created.at - endedAt;

/** Of a sample: few intervals are even by chance more often than many. */
function deviation(values: readonly number[], mean: number): number {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(values.length - 1, 1));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
