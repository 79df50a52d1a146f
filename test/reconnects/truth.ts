import type { Milliseconds } from '../../src/core/units.ts';
import type { Jitter, Policy, PolicyKind } from './policy.ts';

/** Times are milliseconds from the page's time origin, as in the session. */
export type Range = readonly [least: Milliseconds, most: Milliseconds];

/**
 * What is true of a recorded session, told by the library's settings and the server's log alone.
 * It stands beside the recording as `<name>.truth.json`.
 */
export interface Truth {
  readonly name: string;
  /** `null`: the page reconnects by hand. */
  readonly library: string | null;
  readonly version?: string;
  readonly transport: string;
  readonly setting: string;
  readonly failure: string;
  /** By what times of the server's and the page's may differ. */
  readonly toleranceMs: Milliseconds;
  /** Every try that reached the server, in its order. */
  readonly connections: readonly ConnectionTruth[];
  /** What belongs together. */
  readonly channels: readonly ChannelTruth[];
  /** Where links may be drawn or not: nobody can tell from outside, for this reason. */
  readonly linksUndecidable?: string;
}

export interface ConnectionTruth {
  /** Path and query. */
  readonly target: string;
  readonly at: Milliseconds;
  /** How it was turned away; absent where it was let in. */
  readonly refused?: string;
  /** As far as the server sees it. */
  readonly endedAt?: Milliseconds;
  /** The code that the server's closing handshake carried. */
  readonly serverCloseCode?: number;
}

export interface ChannelTruth {
  /** Positions in `connections`. */
  readonly connections: readonly number[];
  readonly policy: PolicyTruth;
  readonly outages: readonly OutageTruth[];
  readonly heartbeat: HeartbeatTruth | null;
  /** The heartbeat cannot be seen by a page, or not be told from other messages: both answers are right. */
  readonly heartbeatUndecidable?: string;
}

export interface PolicyTruth {
  /** As the library was set up. */
  readonly settings: Policy;
  /** The answers that the tries of this recording allow; the settings' own comes first. */
  readonly kinds: readonly PolicyKind[];
  readonly jitters?: readonly Jitter[];
  readonly baseMs?: Range;
  readonly factor?: readonly [number, number];
  readonly stepMs?: Range;
  readonly capMs?: Range;
  /** How many tries failed before it gave up; absent where it did not. */
  readonly gaveUpAfter?: number;
  /** Why more than one answer is right. */
  readonly why?: string;
}

export interface OutageTruth {
  /** A range where the server and the page lose each other at different times. */
  readonly start: Range;
  /** When the server let the page in again; `null`: never. */
  readonly end: Milliseconds | null;
  readonly cause: 'dropped' | 'silence' | 'server-closed' | 'ended';
  readonly refused: number;
  /** From the end of one try to the beginning of the next, as the server saw it. */
  readonly delaysMs: readonly Milliseconds[];
  readonly resume: ResumeTruth;
}

/** What happened to the numbered messages that the server had to say. */
export interface ResumeTruth {
  readonly verdict: 'exact' | 'repeated' | 'lost' | 'unknown';
  readonly lost: readonly number[];
  readonly repeated: readonly number[];
  /** Why a reader of the recording may also answer that it cannot be known. */
  readonly why?: string;
}

export interface HeartbeatTruth {
  /** Who begins. */
  readonly side: 'page' | 'server' | 'both';
  readonly intervalMs: Milliseconds;
  /** What a beat is. */
  readonly kind: string;
  readonly isAnswered: boolean;
}
