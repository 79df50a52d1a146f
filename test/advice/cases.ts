import type { AdviceCases } from './case.ts';
import { CONNECTIONS, SECURITY } from './connections.ts';
import { EVENT_STREAMS } from './event-streams.ts';
import { MESSAGES, STAYING_ALIVE } from './messages.ts';
import { RECONNECTING } from './reconnecting.ts';
import { TRANSPORT } from './transport.ts';

/** Of each rule a session that it finds, and a look-alike that is none. */
export const ADVICE_CASES: AdviceCases = {
  ...TRANSPORT,
  ...SECURITY,
  ...CONNECTIONS,
  ...RECONNECTING,
  ...STAYING_ALIVE,
  ...MESSAGES,
  ...EVENT_STREAMS,
};
