import type { Server } from 'node:http';
import type { Transport } from '../../src/core/facts.ts';
import type { WireKind } from './wire/wire-log.ts';

/**
 * One client library, run against a real server. The page's part stands in `scenarios/<page>/page.ts` and
 * writes the transcript; this is the server's part, and what has to come of both.
 */
export interface Scenario {
  /** What the test is called. */
  readonly title: string;
  /** The folder of the page's part. Several scenarios can share one and differ in their variant. */
  readonly page: string;
  /** Handed to the page's part, for a library with several transports. */
  readonly variant?: string;
  /** Attaches the library's server. It is new for each run of the page. */
  readonly serve: (server: Server) => Service | Promise<Service>;
  /** How often the transcript has to hold each of these entries, exactly. */
  readonly milestones: Readonly<Record<string, number>>;
  /**
   * What went over the wire and has to stand in the panel's session, as connections of which transport.
   * A kind that is not named is not compared.
   */
  readonly inSession: Partial<Record<WireKind, Transport>>;
  /** Which exchanges belong to the transport: others, as a look-up before it, are ordinary requests. */
  readonly polls?: RegExp;
}

/** A running server of a scenario. */
export interface Service {
  /** What the page's part can ask of it by name, besides `drop` and `refuse`, which every server knows. */
  readonly commands?: Readonly<Record<string, () => void>>;
  /** Says something to every page, each in the way of the library's protocol; for text of ASCII. */
  readonly say?: (text: string) => void;
  readonly close: () => void | Promise<void>;
}
