import type { ConstructorName, FrameAdded, FrameKind } from './facts.ts';
import type { RequestNoted } from './http/request-noted.ts';
import { changeState, type Stretch } from './stretch.ts';
import type { Milliseconds } from './units.ts';

/** A document of the inspected tab. */
export interface Frame {
  readonly id: number;
  readonly url: string;
  readonly kind: FrameKind;
  readonly createdAt: Milliseconds;
  removedAt?: Milliseconds;
  /** Failures of our own tap in this document, in its words. */
  readonly failures: string[];
  /** Constructors in whose place it has its own, through which no connection has come since. */
  replaced: readonly ConstructorName[];
  /** Requests beside its streams that are part of no channel, the first 10,000. */
  readonly noted: readonly RequestNoted[];
  /** When it was hidden, and when the browser had no network; oldest first. */
  readonly hidden: readonly Stretch[];
  readonly offline: readonly Stretch[];
}

/** A frame as only its session may change it. */
export interface KnownFrame extends Frame {
  readonly noted: RequestNoted[];
  readonly hidden: Stretch[];
  readonly offline: Stretch[];
}

export function leaveFrame(frame: KnownFrame, at: Milliseconds): void {
  frame.removedAt = at;
  changeState(frame.hidden, false, at);
  changeState(frame.offline, false, at);
}

export function createFrame({ frame: id, url, frameKind: kind, at }: FrameAdded): KnownFrame {
  const nothing = { failures: [], replaced: [], noted: [], hidden: [], offline: [] };
  return { id, url, kind, createdAt: at, ...nothing };
}

/** More of the same tells nothing new. */
const MOST_NOTED = 10_000;

export function noteIn({ noted }: KnownFrame, fact: RequestNoted): void {
  if (noted.length < MOST_NOTED) noted.push(fact);
}
