import { base64ToBytes } from '../../core/byte-text.ts';
import { fieldsOf, textOf } from '../../core/loose-fields.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import { readNetworkEvent } from '../../core/worker-log/network-event.ts';
import { createWorkerWitness, type WorkerWitness } from '../../core/worker-log/worker-witness.ts';

interface DebuggerTarget {
  id: string;
  type: string;
  title: string;
  url: string;
}

interface Heard<Args extends unknown[]> {
  addListener: (hear: (source: { targetId?: string }, ...args: Args) => void) => void;
  removeListener: (hear: (source: { targetId?: string }, ...args: Args) => void) => void;
}

/** What is used of `chrome.debugger`; only the build with workers has the permission. */
export interface DebuggerApi {
  getTargets: () => Promise<DebuggerTarget[]>;
  attach: (target: { targetId: string }, version: string) => Promise<void>;
  detach: (target: { targetId: string }) => Promise<void>;
  sendCommand: (target: { targetId: string }, method: string, params?: object) => Promise<unknown>;
  onEvent: Heard<[method: string, params?: unknown]>;
  onDetach: Heard<[reason: string]>;
}

/** Watches the shared and service workers of the page's origins, when the user asks for it. */
export interface WorkerDebugger {
  /** Whether this build and browser can. */
  readonly isPossible: boolean;
  readonly isOn: boolean;
  /** Scripts of the workers that are watched. */
  readonly scripts: readonly string[];
  turnOn: () => void;
  turnOff: () => void;
}

interface WatchedWorker {
  readonly targetId: string;
  readonly url: string;
  readonly witness: WorkerWitness;
}

export interface WorkerDebuggerOptions {
  api: DebuggerApi | undefined;
  session: () => Session | undefined;
  /** Facts were added. */
  changed: () => void;
  wallClock: () => number;
}

/** Nobody tells of a new worker; what it opens before we see it has no address. */
const INTERVAL: Milliseconds = 200;
const PROTOCOL_VERSION = '1.3';
/** As Chromium titles them; all other workers that it lists are shared. */
const SERVICE_WORKER = 'Service Worker ';

export function createWorkerDebugger(options: WorkerDebuggerOptions): WorkerDebugger {
  const { api, session, changed, wallClock } = options;
  let isOn = $state(false);
  let watched = $state.raw<readonly WatchedWorker[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isOfPage({ type, url }: DebuggerTarget): boolean {
    const origin = URL.parse(url)?.origin;
    if (type !== 'worker' || origin === undefined || origin === 'null') return false;
    for (const frame of session()?.frames.values() ?? []) {
      if (frame.removedAt === undefined && URL.parse(frame.url)?.origin === origin) return true;
    }
    return false;
  }

  const find = (id: string | undefined) => watched.find(({ targetId }) => targetId === id);

  async function watch(api: DebuggerApi, { id: targetId, title, url }: DebuggerTarget) {
    const target = { targetId };
    const witness = createWorkerWitness({
      kind: title.startsWith(SERVICE_WORKER) ? 'service-worker' : 'shared-worker',
      url,
      session,
      streamContent: async (requestId) => {
        const params = { requestId };
        const answer = await api.sendCommand(target, 'Network.streamResourceContent', params);
        return base64ToBytes(textOf(fieldsOf(answer)['bufferedData'])) ?? new Uint8Array();
      },
    });
    watched = [...watched, { targetId, url, witness }];
    try {
      await api.attach(target, PROTOCOL_VERSION);
      await api.sendCommand(target, 'Network.enable');
    } catch {
      // It ended meanwhile; one that lives on is tried again.
      forget(targetId);
    }
  }

  function forget(id: string): void {
    find(id)?.witness.end(wallClock());
    watched = watched.filter(({ targetId }) => targetId !== id);
    changed();
  }

  async function look(api: DebuggerApi): Promise<void> {
    for (const target of await api.getTargets()) {
      if (isOn && isOfPage(target) && find(target.id) === undefined) await watch(api, target);
    }
    if (isOn) timer = setTimeout(() => void look(api), INTERVAL);
  }

  function onEvent({ targetId }: { targetId?: string }, method: string, params: unknown): void {
    const event = readNetworkEvent(method, params);
    if (event === undefined) return;
    find(targetId)?.witness.hear(event, wallClock());
    changed();
  }

  /** The user's word in the browser's own bar counts as much as ours. */
  function onDetach({ targetId = '' }: { targetId?: string }, reason: string): void {
    forget(targetId);
    if (reason === 'canceled_by_user') turnOff();
  }

  function turnOff(): void {
    if (api === undefined || !isOn) return;
    isOn = false;
    clearTimeout(timer);
    api.onEvent.removeListener(onEvent);
    api.onDetach.removeListener(onDetach);
    for (const targetId of watched.map((worker) => worker.targetId)) {
      // It may have ended in this moment.
      void api.detach({ targetId }).catch(() => undefined);
      forget(targetId);
    }
  }

  $effect(() => turnOff);

  return {
    isPossible: api !== undefined,
    get isOn() {
      return isOn;
    },
    get scripts() {
      return watched.map(({ url }) => url);
    },
    turnOn: () => {
      if (api === undefined || isOn) return;
      isOn = true;
      api.onEvent.addListener(onEvent);
      api.onDetach.addListener(onDetach);
      void look(api);
    },
    turnOff,
  };
}
