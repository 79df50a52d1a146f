import type { Socket } from 'node:net';
import { type RawData, WebSocket } from 'ws';
import type { Bytes } from '../core/units.ts';
import type { Faults } from './faults.ts';
import type { ConnectionRecord } from './lab-log.ts';
import { type PlannedEnd, plannedEnd } from './planned-end.ts';

/** One open WebSocket of a page: keeps the log exact and brings about its planned end. */
export interface WebSocketConnection {
  /** Aborted when nothing more can be sent: closed, cut, or half-open. */
  readonly signal: AbortSignal;
  /** Hands a message to the socket. A promise asks the caller to rest until the socket is empty. */
  send: (payload: string | Buffer) => Promise<void> | undefined;
  /** Calls back with each message of the page, already logged. */
  onMessage: (listener: (payload: string | Buffer) => void) => void;
  /** One more message of the kind that the faults count was carried. */
  carried: () => void;
}

/** So much may wait in the socket before a feed has to rest. */
const ROOM: Bytes = 4 * 1024 * 1024;

export function createWebSocketConnection(
  native: WebSocket,
  socket: Socket,
  record: ConnectionRecord,
  faults: Faults,
): WebSocketConnection {
  const over = new AbortController();
  let endsHere = false;
  let count = 0;

  native.on('error', () => over.abort());
  native.on('close', (code, reason) => {
    over.abort();
    const endedBy = endsHere ? 'server' : code === 1006 ? 'network' : 'page';
    record.closed(endedBy, code, reason.toString());
  });

  function bringAbout(end: PlannedEnd): void {
    if (over.signal.aborted) return;
    over.abort();
    endsHere = end !== 'half-open';
    switch (end) {
      case 'drop':
        // Cuts once the kernel has everything that is logged; `terminate()` would lose some of it.
        socket.destroySoon();
        return;
      case 'close':
        native.close(faults.code, faults.reason);
        return;
      case 'half-open':
        // The log goes on reading, but `ws` must not answer a Close frame by itself any more.
        native.close = ignore;
        return;
    }
  }

  function carryOut(): void {
    const end = plannedEnd(faults, count);
    if (end !== null) bringAbout(end);
  }

  carryOut();
  return {
    signal: over.signal,
    send: (payload) => {
      if (over.signal.aborted || native.readyState !== WebSocket.OPEN || socket.destroyed) return;
      const data = typeof payload === 'string' ? 'text' : 'binary';
      record.message({ direction: 'received', data, payload, eventType: null, lastEventId: null });
      if (native.bufferedAmount < ROOM) {
        native.send(payload, ignore);
        return;
      }
      return new Promise((resolve) => native.send(payload, () => resolve()));
    },
    onMessage: (listener) => {
      native.on('message', (raw, isBinary) => {
        const bytes = bytesOf(raw);
        const payload = isBinary ? bytes : bytes.toString('utf8');
        const data = isBinary ? 'binary' : 'text';
        record.message({ direction: 'sent', data, payload, eventType: null, lastEventId: null });
        listener(payload);
      });
    },
    carried: () => {
      count++;
      carryOut();
    },
  };
}

/** As a write callback: a failed write means that the page is gone, and the close event tells it. */
function ignore(): void {
  // Nothing to do; without a callback `ws` would report the failure again, as an error event.
}

function bytesOf(raw: RawData): Buffer {
  if (Buffer.isBuffer(raw)) return raw;
  return Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
}
