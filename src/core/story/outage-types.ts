import type { EndedBy } from '../facts.ts';
import type { Milliseconds } from '../units.ts';

/**
 * How the stream of messages went on after an outage:
 * - `exact`: nothing is missing, nothing came twice
 * - `repeated`: nothing is missing, some came twice
 * - `lost`: some never came (others may have come twice)
 * - `unknown`: nothing in the messages tells
 */
export const RESUME_VERDICTS = ['exact', 'repeated', 'lost', 'unknown'] as const;
export type ResumeVerdict = (typeof RESUME_VERDICTS)[number];

/** A range of numbers in a sequence, both ends included. */
export interface SequenceRange {
  from: number;
  to: number;
}

export interface Resume {
  verdict: ResumeVerdict;
  /** Messages that never came. */
  lost: number;
  /** Messages that came twice. */
  repeated: number;
  /** Messages that came in another order than the sequence says. */
  reordered: number;
  /** Which numbers are missing, and which came twice; at most 20 ranges of each. */
  lostRanges: SequenceRange[];
  repeatedRanges: SequenceRange[];
  /** What was counted: `event IDs`, or the path of a JSON field: `[1].seq`; absent where nothing was. */
  sequence?: string;
  /** The `Last-Event-ID` that the next request carried, where the headers are known. */
  lastEventIdSent?: string;
  /** Whether the server went on after that ID. */
  isLastEventIdHonoured?: boolean;
  /** Whether the server took the session up again (Socket.IO recovery, MQTT “session present” …), where a message says so. */
  isSessionResumed?: boolean;
  /** Why we think so; for `unknown` why it cannot be known. */
  why: string[];
}

/** One try to reconnect. */
export interface Attempt {
  connection: number;
  /** From 1. */
  number: number;
  createdAt: Milliseconds;
  /** From the end of the connection before it. */
  delay: Milliseconds;
  /** Absent while it is under way. */
  endedAt?: Milliseconds;
  /** When it opened. */
  openedAt?: Milliseconds;
  /** Why it failed, in plain words. */
  failure?: string;
  /** The page was hidden, or the browser offline, when it was made. */
  isHidden?: true;
  isOffline?: true;
}

/** A stretch in which a channel that had been open was not. */
export interface Outage {
  /** The connection that was lost. */
  connection: number;
  /** When the page lost it; where the page gave it up itself, when it called `close()`. */
  start: Milliseconds;
  /** When the next one opened; absent while it lasts. */
  end?: Milliseconds;
  /** Up to now where it lasts. */
  downtime: Milliseconds;
  /** Whether nobody is trying any more: no try is under way, and none came for longer than the policy waits. */
  isGivenUp: boolean;
  endedBy: EndedBy;
  /** The page closed it itself and then connected again, as libraries do when a heartbeat is missing. */
  isIntended: boolean;
  /** A drill ended it: the network had no part in that. */
  isDrilled?: true;
  closeCode?: number;
  /** In plain words, a sentence without its full stop. */
  cause: string;
  /** How long before the end the last message or heartbeat had come. */
  silence?: Milliseconds;
  attempts: Attempt[];
  /** From the reconnect to the first message received. */
  firstMessageAfter?: Milliseconds;
  /** Messages that the page sent within two seconds after the reconnect: it subscribes again. */
  sentAfter: number;
  resume: Resume;
}

/** How much of its life a channel was open. */
export interface Availability {
  /** 0 to 1: open time by the time from its first try to its last end, or to now. Absent where it never had time to open. */
  share?: number;
  open: Milliseconds;
  down: Milliseconds;
}
