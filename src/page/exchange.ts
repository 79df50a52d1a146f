import type { TapTransport } from '../bridge/tap-record.ts';
import type { EndedBy, Headers } from '../core/facts.ts';
import { captureInitiator } from './initiator.ts';
import type { TapLimits } from './limits.ts';
import { blobBytes, sizeOfBlob } from './natives.ts';
import { heldBytes } from './message.ts';
import { fillIn, seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';

/** What the page asked for. */
export interface RequestSeen {
  transport: Extract<TapTransport, 'fetch' | 'xhr'>;
  url: string;
  method: string;
  requestHeaders: Headers;
  withCredentials: boolean;
}

/** One request of the page (Fetch, XMLHttpRequest), as it is recorded. It ends once; what comes later is nothing. */
export interface Exchange {
  readonly isOver: boolean;
  sent: (body: unknown) => void;
  opened: (status: number, responseHeaders: Headers) => void;
  /** A piece of the response's body: text, or bytes in any form. */
  received: (piece: unknown) => void;
  ended: (endedBy: EndedBy) => void;
}

export function beginExchange(
  recorder: Recorder,
  limits: TapLimits,
  request: RequestSeen,
): Exchange {
  const connection = recorder.nextConnection();
  let isOver = false;
  recorder.tell('connection-created', connection, { ...request, ...captureInitiator() });

  function message(direction: 'sent' | 'received', data: unknown): void {
    if (data === undefined) return;
    const fact = fillIn(seenMessage(connection, direction), data, limits.payloadBytes);
    if (fact !== undefined) recorder.record(fact, heldBytes(fact, limits));
  }

  return {
    get isOver() {
      return isOver;
    },
    sent: (body) => {
      message('sent', body);
    },
    opened: (status, responseHeaders) => {
      if (isOver) return;
      recorder.tell('connection-opened', connection, { status, responseHeaders });
    },
    received: (piece) => {
      if (!isOver) message('received', piece);
    },
    ended: (endedBy) => {
      if (isOver) return;
      isOver = true;
      recorder.tell('connection-ended', connection, { endedBy, wasClean: endedBy === 'server' });
    },
  };
}

/**
 * Hands over data, and the bytes of a Blob when they have been read.
 * @param then runs after that, or when the Blob cannot be read
 */
export function withBytes(data: unknown, take: (data: unknown) => void, then?: () => void): void {
  if (typeof data !== 'object' || data === null || sizeOfBlob(data) === undefined) {
    take(data);
    then?.();
    return;
  }
  void readBlob(data as Blob, take, then);
}

async function readBlob(
  blob: Blob,
  take: (data: unknown) => void,
  then: (() => void) | undefined,
): Promise<void> {
  try {
    take(await blobBytes(blob));
  } finally {
    then?.();
  }
}
