import type { Direction } from '../facts.ts';
import type { Milliseconds } from '../units.ts';

/** A regular message that only says “I am still here”, and perhaps its answer. */
export interface Heartbeat {
  /** Which one, by name: `engine.io ping`, `graphql-ws ping`, `empty message`, `equal message` … */
  kind: string;
  /** Who begins. */
  side: 'page' | 'server';
  /** The direction of the message that begins; comments of an event stream are received. */
  direction: Direction;
  /** The median time between two of them on one connection. */
  interval: Milliseconds;
  /** The median distance from that interval. */
  jitter: Milliseconds;
  /** How many were seen, answers not counted. */
  count: number;
  /** Whether answers were seen. */
  isAnswered: boolean;
  /** The median time to the answer; where the page answers the server it is the page's own. */
  roundTrip?: Milliseconds;
  /** Beats that did not come although the connection stayed open, and beats of the page that nobody answered. */
  missed: number;
  /** An example, as text. */
  example: string;
  /** Why we think so. */
  evidence: string[];
}

/** The longest time in which an open connection carried nothing at all. */
export interface Silence {
  longest: Milliseconds;
  /** When it began, and on which connection. */
  at: Milliseconds;
  connection: number;
  /** Usual idle timeouts of proxies (30, 60 and 100 s) that it outlasts. */
  exceeds: Milliseconds[];
}
