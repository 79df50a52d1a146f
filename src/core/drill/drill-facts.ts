import type { Milliseconds } from '../units.ts';

/** What the user did in a drill, and what came of it by itself. */
export const DRILL_STEPS = [
  /** The connection was lost as by the network: the page saw an error and 1006. */
  'drop',
  /** It was closed as by the server. */
  'close',
  /** The next reconnects are refused: so many, or for so long. */
  'refuse',
  /** What is received comes late from now on. */
  'hold',
  /** A share of what is received is withheld from now on. */
  'lose',
  /** A message of ours was sent: the next one. */
  'send',
  /** A message of ours was received: the next one. */
  'inject',
  /** This try was refused. */
  'refused',
  /** A message was received, and the page does not get it. */
  'withheld',
] as const;
export type DrillStepName = (typeof DRILL_STEPS)[number];

/** The user turned active mode on for a connection, and for those that take its place. */
export interface DrillStarted {
  kind: 'drill-started';
  connection: number;
  at: Milliseconds;
  /** Decides what chance decides. */
  seed: number;
}

/** One step of a drill. What a connection tells right after a step was brought about by it. */
export interface DrillStepped {
  kind: 'drill-step';
  connection: number;
  at: Milliseconds;
  step: DrillStepName;
  closeCode?: number;
  closeReason?: string;
  /** `refuse`: how many. */
  attempts?: number;
  /** `hold`: how long each message waits. `refuse`: for how long. */
  duration?: Milliseconds;
  /** `lose`: 0 to 1. */
  share?: number;
}

/** Active mode is off: whatever it had put into the page is taken back. */
export interface DrillEnded {
  kind: 'drill-ended';
  connection: number;
  at: Milliseconds;
}

export type DrillFact = DrillStarted | DrillStepped | DrillEnded;

export const isDrillFact = (fact: { kind: string }): fact is DrillFact =>
  fact.kind === 'drill-started' || fact.kind === 'drill-step' || fact.kind === 'drill-ended';
