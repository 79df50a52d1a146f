import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Faults } from './faults.ts';
import type { ConnectionRecord } from './lab-log.ts';
import { type PlannedEnd, plannedEnd } from './planned-end.ts';

/** What the page will see of one piece of a streamed response. */
export interface StreamedMessage {
  readonly payload: string;
  readonly eventType: string | null;
  readonly lastEventId: string | null;
}

/** One response that stays open: keeps the log exact and brings about its planned end. */
export interface HttpStream {
  /** Aborted when nothing more can be sent: ended, cut, half-open, or the page went away. */
  readonly signal: AbortSignal;
  /** Writes a message as `wire`. A promise asks the caller to rest until the socket is empty. */
  send: (message: StreamedMessage, wire: string) => Promise<void> | undefined;
  /** Writes what is no message: a comment, a reconnection time. */
  aside: (wire: string) => void;
  /** Ends the response in good order. */
  end: () => void;
}

/** The head of the response must have been written. */
export function createHttpStream(
  response: ServerResponse,
  record: ConnectionRecord,
  faults: Faults,
): HttpStream {
  const over = new AbortController();
  let endsHere = false;
  let count = 0;

  response.on('error', () => over.abort());
  response.on('close', () => {
    over.abort();
    record.closed(endsHere ? 'server' : 'page');
  });

  function bringAbout(end: PlannedEnd): void {
    if (over.signal.aborted) return;
    over.abort();
    endsHere = end !== 'half-open';
    switch (end) {
      case 'drop':
        // The last chunk never comes, so the page sees a broken response with all its messages.
        response.socket?.destroySoon();
        return;
      case 'close':
        response.end();
        return;
      case 'half-open':
        return;
    }
  }

  function carryOut(): void {
    const end = plannedEnd(faults, count);
    if (end !== null) bringAbout(end);
  }

  const isGone = (): boolean => over.signal.aborted || response.destroyed;

  carryOut();
  return {
    signal: over.signal,
    send: (message, wire) => {
      if (isGone()) return;
      record.message({ ...message, direction: 'received', data: 'text' });
      const hasRoom = response.write(wire);
      count++;
      carryOut();
      return hasRoom || isGone() ? undefined : drained(response, over.signal);
    },
    aside: (wire) => {
      if (!isGone()) response.write(wire);
    },
    end: () => bringAbout('close'),
  };
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
