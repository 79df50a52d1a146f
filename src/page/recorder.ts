import type { RecorderCommand, Records } from '../bridge/envelope.ts';
import type { TapFact } from '../bridge/tap-record.ts';
import type { Payload } from '../core/facts.ts';
import { type ConnectionCount, createConnectionCount } from './connection-count.ts';
import { createEndedConnections } from './ended-connections.ts';
import { createEvictedTotals } from './evicted.ts';
import { createFailures, type Failures } from './failures.ts';
import { createHistory } from './history.ts';
import type { KeptRecord } from './kept-record.ts';
import type { TapLimits } from './limits.ts';
import { later, now } from './natives.ts';
import { createOutbox } from './outbox.ts';
import { createTell, type Tell } from './tell.ts';

/** Numbers, keeps and sends what the taps see. While nobody watches it only keeps. */
export interface Recorder extends ConnectionCount, Failures {
  tell: Tell;
  record: (fact: TapFact, bytes?: number) => KeptRecord;
  /** The late bytes of a message whose payload was pending; `null` when they cannot be read. */
  complete: (kept: KeptRecord, payload: Payload | null) => void;
  obey: (command: RecorderCommand) => void;
  /**
   * The document is going away: all that the panel has not acknowledged is sent at once, and what is still
   * recorded follows without waiting. `stay` ends that, for a document that comes back.
   */
  leave: () => void;
  stay: () => void;
}

/** @param send takes a batch; `isLast`: this document runs no later task */
export function createRecorder(
  limits: TapLimits,
  send: (records: Records, isLast: boolean) => void,
): Recorder {
  const count = createConnectionCount();
  let lastNumber = 0;
  let isWatched = false;
  let isLeaving = false;
  let isOff = false;
  /** Connections up to here are older than a time when the site was off. */
  let forgotten = 0;
  let isTimerSet = false;
  let unsent = 0;
  let unsentBytes = 0;
  const evicted = createEvictedTotals();
  const history = createHistory(limits, (message) => {
    evicted.count(message, isWatched ? 'buffer' : 'history');
  });
  const ended = createEndedConnections(limits.historyConnections);
  const outbox = createOutbox(limits, history, evicted);

  function flush(): void {
    while (!outbox.isEmpty) {
      if (outbox.isFull && !isLeaving) return;
      send(outbox.take(), isLeaving);
    }
    unsent = 0;
    unsentBytes = 0;
  }

  function schedule(): void {
    if (isLeaving || unsent >= limits.batchRecords || unsentBytes >= limits.batchBytes) {
      flush();
    } else if (!isTimerSet) {
      isTimerSet = true;
      later(() => {
        isTimerSet = false;
        if (isWatched) flush();
      }, limits.batchDelay);
    }
  }

  function trim(): void {
    history.trim(isWatched ? outbox.acknowledged : lastNumber);
    const chosen = ended.choose(outbox.acknowledged, isWatched);
    if (chosen !== undefined) history.letGo(chosen, outbox.acknowledged, evicted.remove);
  }

  function record(fact: TapFact, bytes = 0): KeptRecord {
    const isForgotten = forgotten > 0 && 'connection' in fact && fact.connection <= forgotten;
    if (isOff || isForgotten) return { n: 0, fact, bytes: 0, next: undefined };
    lastNumber += 1;
    const kept = history.append(lastNumber, fact, bytes);
    ended.note(kept);
    trim();
    if (isWatched) {
      unsent += 1;
      unsentBytes += bytes;
      schedule();
    }
    return kept;
  }

  function complete(kept: KeptRecord, payload: Payload | null): void {
    const { n, fact } = kept;
    if (fact.kind !== 'message' || isOff || fact.connection <= forgotten) return;
    if (n > outbox.everSent && payload !== null) {
      history.fill(kept, payload);
      return;
    }
    const bytes = payload === null ? 0 : fact.byteLength;
    const payloadState = payload === null ? 'unreadable' : 'whole';
    record({ kind: 'payload-arrived', at: now(), message: n, payload, payloadState }, bytes);
  }

  return {
    ...count,
    record,
    tell: createTell(record),
    complete,
    ...createFailures((message) => record({ kind: 'tap-failed', at: now(), message })),
    obey: (command) => {
      switch (command.kind) {
        case 'start':
          isWatched = true;
          outbox.rewind(command.after);
          flush();
          return;
        case 'acknowledge':
          if (!isWatched) return;
          outbox.acknowledge(command.through);
          trim();
          flush();
          return;
        case 'stop':
          isWatched = false;
          trim();
          return;
        case 'off':
          isWatched = false;
          isOff = true;
          forgotten = count.last;
          history.clear();
          return;
        case 'on':
          isOff = false;
          return;
      }
    },
    leave: () => {
      isLeaving = true;
      if (!isWatched) return;
      outbox.rewind(outbox.acknowledged);
      flush();
    },
    stay: () => {
      isLeaving = false;
    },
  };
}
