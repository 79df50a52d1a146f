import type { MessageFact, Transport } from '../../core/facts.ts';
import { formatSpan } from '../../core/format.ts';
import { isRequest } from '../../core/http/request-transport.ts';
import type { Milliseconds } from '../../core/units.ts';

/** Blank where it would be negative: what the network log tells comes late, and may be older than the row above. */
export function formatDelta(delta: Milliseconds): string {
  return delta < 0 ? '' : `+${formatSpan(delta)}`;
}

/** Of an event its type, of a request what it is, else how the page holds the data. */
export function typeWord(
  { eventType, direction, dataType }: Pick<MessageFact, 'eventType' | 'direction' | 'dataType'>,
  transport: Transport | undefined,
): string {
  if (eventType !== undefined) return eventType;
  if (transport === undefined || !isRequest(transport)) return dataType;
  if (direction === 'sent') return 'request';
  return transport === 'polling' ? 'response' : dataType;
}

/** Of a message that only the network log told of, though a tap watched its connection. */
export function unheardTitle({ eventType }: Pick<MessageFact, 'eventType'>): string {
  return eventType === undefined
    ? 'Told by DevTools’ network log alone'
    : 'The page does not listen to this event type; told by DevTools’ network log';
}
