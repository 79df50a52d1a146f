import type { Devtools } from 'webextension-polyfill';
import { type LogEntry, readLogEntry } from '../../core/network-log/log-entry.ts';
import { createWitness, GRACE, type Witness } from '../../core/network-log/witness.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';

/** DevTools' own network log, as the second witness of what is being recorded. */
export interface NetworkLog {
  start: () => void;
  pause: () => void;
  /** Nothing that began before this moment is heard any more. */
  forget: () => void;
}

export interface NetworkLogOptions {
  network: Pick<Devtools.Static['network'], 'onRequestFinished'> & {
    getHAR: () => Promise<unknown>;
  };
  session: () => Session | undefined;
  /** Each entry, at every look. */
  onEntry: (entry: LogEntry) => void;
  /** Facts were added. */
  changed: () => void;
  wallClock: () => number;
}

/** Between two looks at the whole log, at the least. */
const INTERVAL: Milliseconds = 2_000;
/** A look costs in proportion to the log: rest so many times as long as it took. */
const REST = 30;
/** With more messages than this a look could hold DevTools up; then entries are heard at their end only. */
export const TOO_MANY = 50_000;

export function followNetworkLog(options: NetworkLogOptions): NetworkLog {
  const { network, session, onEntry, changed, wallClock } = options;
  let isOn = false;
  let witness: Witness | undefined;
  let witnessed: Session | undefined;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A new session has a new witness. */
  function witnessOf(current: Session): Witness {
    if (witness === undefined || witnessed !== current) {
      witness = createWitness(current);
      witnessed = current;
    }
    return witness;
  }

  function hear(entries: readonly unknown[], isOver: boolean): void {
    const current = session();
    if (!isOn || current === undefined) return;
    const { revision } = current;
    for (const value of entries) {
      const entry = readLogEntry(value);
      if (entry === undefined || entry.startedAt < notBefore) continue;
      onEntry(entry);
      witnessOf(current).hear(entry, wallClock(), isOver);
    }
    if (current.revision !== revision) changed();
  }

  function onFinished(request: unknown): void {
    // What the taps saw of it is still on its way.
    setTimeout(() => {
      hear([request], true);
    }, GRACE);
  }

  async function look(): Promise<void> {
    const begun = wallClock();
    const current = session();
    if (current !== undefined && countAll(current) <= TOO_MANY) {
      // Refused while the page is between two documents; the next look comes all the same.
      const log = await network.getHAR().catch(() => undefined);
      const { entries } = (log ?? {}) as { entries?: unknown };
      hear(Array.isArray(entries) ? entries : [], false);
    }
    if (isOn) lookAfter(Math.max(INTERVAL, (wallClock() - begun) * REST));
  }

  function lookAfter(delay: Milliseconds): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), delay);
  }

  return {
    start: () => {
      if (isOn) return;
      isOn = true;
      network.onRequestFinished.addListener(onFinished);
      lookAfter(INTERVAL);
    },
    forget: () => {
      notBefore = wallClock();
    },
    pause: () => {
      isOn = false;
      clearTimeout(timer);
      network.onRequestFinished.removeListener(onFinished);
    },
  };
}

/** Those that were dropped too: DevTools holds them all. */
function countAll({ tally }: Session): number {
  return tally.sent.messages + tally.received.messages;
}
