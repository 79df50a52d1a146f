import type { MessageStore } from '../message-store.ts';
import type { ReceivedEvent } from './received-events.ts';
import { MOST_EVIDENCE, type StreamFinding } from './stream-finding.ts';

/** Events that are read: the newest. */
const LOOKED_AT = 200;
const LONGEST_LOOKED_AT = 64 * 1024;
/** Shorter ones are identifiers, signatures and the like. */
const RUN = /[A-Za-z0-9+/]{200,}={0,2}/u;

/** Bytes as text cost a third more, and the work of both sides. */
export function findBase64(store: MessageStore, events: readonly ReceivedEvent[]): StreamFinding[] {
  const newest = events.slice(-LOOKED_AT);
  const found = newest.filter(({ row }) => {
    const { payload } = store.read(row);
    return typeof payload === 'string' && hasBase64(payload.slice(0, LONGEST_LOOKED_AT));
  });
  if (found.length < 3 || found.length < newest.length / 2) return [];
  return [
    {
      rule: 'event-stream-base64',
      severity: 'info',
      summary: `${found.length} of ${newest.length} events looked at hold base64: bytes written as text are a third longer.`,
      advice:
        'An event stream holds text only: send where the bytes can be fetched, or send them over a WebSocket or a streamed response.',
      rows: found.slice(0, MOST_EVIDENCE).map(({ row }) => row),
      connections: [],
    },
  ];
}

/** Hexadecimal and words have the letters of base64 too, but not its mixture. */
function hasBase64(text: string): boolean {
  const run = RUN.exec(text)?.[0] ?? '';
  return /[a-z]/u.test(run) && /[A-Z]/u.test(run) && /[0-9]/u.test(run);
}
