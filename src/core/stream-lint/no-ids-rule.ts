import type { Channel } from '../channel.ts';
import type { MessageStore } from '../message-store.ts';
import type { ReceivedEvent } from './received-events.ts';
import type { StreamFinding } from './stream-finding.ts';

/** Without IDs a client that reconnects cannot say what it has. */
export function findNoIds(
  store: MessageStore,
  { connections }: Channel,
  events: readonly ReceivedEvent[],
): StreamFinding[] {
  const spoke = new Set(events.map(({ connection }) => connection));
  const again = connections.filter(({ id, openedAt }) => openedAt !== undefined && spoke.has(id));
  if (again.length < 2) return [];
  // An ID stays until another one comes: the last event of a connection has it, if one came at all.
  const last = new Map(events.map(({ connection, row }) => [connection, row]));
  const isTold = [...last.values()].some((row) => (store.read(row).lastEventId ?? '') !== '');
  if (isTold) return [];
  return [
    {
      rule: 'event-stream-no-ids',
      severity: 'warning',
      summary: `The stream was opened ${again.length} times and no event has an ID: what happens between two connections is lost.`,
      advice:
        'Send “id:” with each event, and go on after “Last-Event-ID” when a client comes back.',
      rows: [],
      connections: again.slice(1).map(({ id }) => id),
    },
  ];
}
