import type { Tally } from '../../core/facts.ts';
import type { Bytes, Milliseconds } from '../../core/units.ts';
import type { LabTransport } from '../lab-log.ts';
import type { RunPlan } from './workload.ts';
import type { WireSplit } from './wire-split.ts';

/** What a page is told when a run begins. */
export interface RunBegun {
  readonly id: number;
  readonly plan: RunPlan;
  readonly lanes: readonly { readonly transport: LabTransport; readonly origin: string }[];
}

/** What only the page can measure of a lane. */
export interface PageMeasures {
  readonly transport: LabTransport;
  /** From the first call until the transport said that it is open; null where it never was. */
  readonly connect: Milliseconds | null;
  /** From the first call until the first message. */
  readonly firstMessage: Milliseconds | null;
  /** Of each message received: from when it happened until the page had it. */
  readonly delays: readonly Milliseconds[];
  readonly received: number;
  /** Messages that came again after a loss. */
  readonly repeated: number;
  /** Times that the connection was lost, or a request failed. */
  readonly losses: number;
}

/** Few numbers of many. */
export interface DelaySummary {
  readonly p50: Milliseconds;
  readonly p95: Milliseconds;
}

/** One lane of one run: counted at its sockets, measured in its page. */
export interface LaneResult {
  readonly transport: LabTransport;
  readonly origin: string;
  /** As spoken, joined by ` + ` where there was more than one. */
  readonly protocol: string;
  readonly connections: number;
  readonly requests: number;
  /** What the app said, before anything was put around it. */
  readonly said: { readonly sent: Tally; readonly received: Tally };
  /** What the page received, or the server of the page; less than was said where something was lost. */
  readonly arrived: { readonly sent: number; readonly received: number };
  readonly wire: { readonly sent: WireSplit; readonly received: WireSplit };
  readonly wireBytes: Bytes;
  /** A message of the app in bytes on the wire, both ways. */
  readonly bytesPerMessage: Bytes | null;
  readonly connect: Milliseconds | null;
  readonly firstMessage: Milliseconds | null;
  readonly delay: { readonly sent: DelaySummary | null; readonly received: DelaySummary | null };
  readonly losses: number;
  readonly repeated: number;
}

export interface RunResult {
  readonly plan: RunPlan;
  readonly lanes: readonly LaneResult[];
}
