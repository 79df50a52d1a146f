import { BY_HAND } from './entries/by-hand.ts';
import { EVENT_STREAMS } from './entries/event-streams.ts';
import { PLAIN_SOCKETS } from './entries/plain-sockets.ts';
import { PROTOCOLS } from './entries/protocols.ts';
import type { Entry } from './entry.ts';

/** Everything that the corpus holds, by group. */
export const ENTRIES: readonly Entry[] = [
  ...PLAIN_SOCKETS,
  ...PROTOCOLS,
  ...EVENT_STREAMS,
  ...BY_HAND,
];
