import type { Server } from 'node:http';
import type { Milliseconds } from '../../src/core/units.ts';
import type { Service } from '../third-party/scenario.ts';
import type { RefusalKind } from '../third-party/wire/wire-log.ts';
import type { Feed } from './feed.ts';
import type { Policy } from './policy.ts';
import type { HeartbeatTruth } from './truth.ts';

/** What a page's part is told, as JSON. */
export interface PageSettings {
  readonly policy: Policy;
  /** The page's own heartbeat. */
  readonly beatMs?: Milliseconds;
  /** What else tells entries of one page apart; each page knows its own. */
  readonly mode?: string;
}

/**
 * How the connections end:
 * - `drop`: without a closing handshake
 * - `silence`: they stay, but nothing gets through any more; the page has to find out
 * - `finish`: the server says that it goes, by its command of this name
 */
export type Failure = 'drop' | 'silence' | { readonly command: string };

/** One step of a recording; the server takes them while the page waits. */
export type Step =
  | { readonly talk: Milliseconds }
  | {
      readonly fail: Failure;
      /** How the tries after it are turned away, one after another. */
      readonly refuse?: readonly RefusalKind[];
      /** Nothing comes back: this much time shows that it does not. */
      readonly giveUp?: Milliseconds;
    };

/** One recording: a library with its settings, a server, and what goes wrong. */
export interface Entry extends PageSettings {
  /** Kebab-case, the file's name. */
  readonly name: string;
  /** The package; `null` where the page does it by hand. */
  readonly library: string | null;
  /** The module in `pages/`. */
  readonly page: string;
  readonly transport: 'websocket' | 'eventsource' | 'fetch-stream';
  /** In words, for the table. */
  readonly setting: string;
  readonly failure: string;
  readonly serve: (server: Server, feed: Feed) => Service | Promise<Service>;
  /** How often the feed says something; absent: it is silent. */
  readonly tickMs?: Milliseconds;
  readonly plan: readonly Step[];
  readonly heartbeat: HeartbeatTruth | null;
  /** Which job of the page a connection serves, by what the server saw; one job where absent. */
  readonly jobOf?: (connection: { target: string; firstSent: string }) => string;
  /** Page-made reconnects that are none: jobs that follow one another, a user who opens again. */
  readonly isDeliberate?: true;
  /** What the recording cannot tell, and why. */
  readonly cannotTell?: Partial<Record<'policy' | 'resume' | 'links' | 'heartbeat', string>>;
  /** Exchanges are let through while other tries are turned away. */
  readonly sparesExchanges?: true;
}
