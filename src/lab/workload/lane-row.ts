import type { LabTransport } from '../lab-log.ts';
import type { LaneResult } from './run-result.ts';
import { totalOf } from './wire-split.ts';

/** The numbers of a lane's result that people compare; null for what was not there. Times in ms, the rest in bytes or counts. */
export interface LaneNumbers {
  /** Said by page and server together. */
  readonly messages: number | null;
  /** Said, but never there. */
  readonly lost: number | null;
  readonly payload: number | null;
  /** From page to server. */
  readonly up: number | null;
  readonly down: number | null;
  readonly perMessage: number | null;
  readonly headers: number | null;
  readonly requests: number | null;
  readonly connect: number | null;
  readonly firstMessage: number | null;
  readonly delayP50: number | null;
  readonly delayP95: number | null;
}

export interface LaneRow extends LaneNumbers {
  readonly transport: LabTransport;
  readonly protocol: string;
}

export function rowOf(lane: LaneResult): LaneRow {
  const { said, arrived, wire } = lane;
  const messages = said.sent.messages + said.received.messages;
  // What the page receives is what people feel; of a page that only sends, what the server does.
  const delay = lane.delay.received ?? lane.delay.sent;
  return {
    transport: lane.transport,
    protocol: lane.protocol,
    messages,
    lost: messages - arrived.sent - arrived.received,
    payload: said.sent.bytes + said.received.bytes,
    up: totalOf(wire.sent),
    down: totalOf(wire.received),
    perMessage: lane.bytesPerMessage,
    headers: wire.sent.headers + wire.received.headers,
    requests: lane.requests,
    connect: lane.connect,
    firstMessage: lane.firstMessage,
    delayP50: delay?.p50 ?? null,
    delayP95: delay?.p95 ?? null,
  };
}

const NUMBERS = [
  'messages',
  'lost',
  'payload',
  'up',
  'down',
  'perMessage',
  'headers',
  'requests',
  'connect',
  'firstMessage',
  'delayP50',
  'delayP95',
] as const satisfies readonly (keyof LaneNumbers)[];

/** Of each number its median over the runs that had it. */
export function medianRow([first, ...more]: readonly [LaneRow, ...LaneRow[]]): LaneRow {
  const rows = [first, ...more];
  const protocol = [...new Set(rows.map((row) => row.protocol))].join(' / ');
  const medians = NUMBERS.map((name) => [name, medianOf(rows.map((row) => row[name]))] as const);
  return { ...first, ...Object.fromEntries(medians), protocol };
}

export function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
