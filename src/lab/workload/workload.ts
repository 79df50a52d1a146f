import type { Bytes, Milliseconds } from '../../core/units.ts';
import type { LabTransport } from '../lab-log.ts';

export const WORKLOAD_TRANSPORTS = [
  'websocket',
  'eventsource',
  'fetch-stream',
  'long-polling',
  'polling',
] as const satisfies readonly LabTransport[];

/** Who talks: the server, the page, both on their own, or the page and the server answers each message. */
export const WORKLOAD_DIRECTIONS = ['down', 'up', 'both', 'echo'] as const;
export type WorkloadDirection = (typeof WORKLOAD_DIRECTIONS)[number];

/** What an app has to say, whatever carries it. */
export interface Workload {
  readonly direction: WorkloadDirection;
  /** Messages in a second, of each side that talks on its own. */
  readonly rate: number;
  /** Of each message. */
  readonly size: Bytes;
  /** Share of binary messages, 0 to 1. */
  readonly binary: number;
  readonly seconds: number;
  /** Decides which messages are binary, when each is due, and what is in it. */
  readonly seed: number;
}

/** What goes wrong on the way, the same for each transport. */
export interface WorkloadFaults {
  /** Cut all connections of a lane each time it has carried so many messages; 0 for never. */
  readonly lose: number;
  /** One way, each way. */
  readonly delay: Milliseconds;
  /** At most so much more, by chance. */
  readonly jitter: Milliseconds;
  /** A proxy in front holds an answer back until it has so many bytes; 0 for no proxy. */
  readonly buffer: Bytes;
  /** … or until it has held its first byte for so long. */
  readonly bufferTime: Milliseconds;
}

export const WORKLOAD_HTTP = ['1.1', '2'] as const;
export type WorkloadHttp = (typeof WORKLOAD_HTTP)[number];

/** One run: the same workload over each of these transports at the same time, each on a port of its own. */
export interface RunPlan {
  readonly name: string;
  readonly workload: Workload;
  readonly faults: WorkloadFaults;
  readonly transports: readonly LabTransport[];
  /** `1.1` is plain, `2` is over TLS. */
  readonly http: WorkloadHttp;
  /** Polling: from an answer to the next request. */
  readonly interval: Milliseconds;
}
