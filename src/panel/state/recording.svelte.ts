import type { Runtime } from 'webextension-polyfill';
import type { DrillAction } from '../../bridge/envelope.ts';
import { createIntake } from '../../bridge/intake.ts';
import { createSession, type Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';
import { createHubWire } from './hub-wire.ts';
import { followNetworkLog, type NetworkLogOptions } from './network-log.ts';
import { createPainter } from './painter.ts';
import { createServiceWorkers, type ServiceWorkersOptions } from './service-workers.svelte.ts';
import type { SiteSwitch } from './site-switch.svelte.ts';
import {
  createWorkerDebugger,
  type DebuggerApi,
  type WorkerDebugger,
} from './worker-debugger.svelte.ts';

/** The session that is being recorded, and the switch. */
export interface Recording {
  /** `undefined` until the page has presented itself. */
  readonly session: Session | undefined;
  /** Changes with each paint while facts arrive; read it to follow the session. */
  readonly revision: number;
  readonly isOn: boolean;
  isLogPreserved: boolean;
  /** The protocol version of a page that speaks another one than this panel. */
  readonly otherProtocol: number | undefined;
  /** Envelopes that were refused because no tap of ours could have sent them. */
  readonly rejected: number;
  /** Scripts of service workers that run for the page; what they say themselves nobody tells us. */
  readonly serviceWorkers: readonly string[];
  readonly workers: WorkerDebugger;
  /** The present moment on the session's axis. */
  now: () => Milliseconds;
  /** Says something to the document of a connection. @returns whether it is there to hear it */
  drill: (connection: number, action: DrillAction) => boolean;
  start: () => void;
  pause: () => void;
  clear: () => void;
}

/** Documents that are not back this long after the hub was lost are gone. */
const SWEEP_DELAY = 5_000;

export interface RecordingOptions
  extends Pick<NetworkLogOptions, 'network'>, Pick<ServiceWorkersOptions, 'inspectedWindow'> {
  tab: number;
  browser: string;
  connect: () => Runtime.Port;
  /** `chrome.debugger`, where the extension may use it. */
  debuggerApi: DebuggerApi | undefined;
  site: SiteSwitch;
}

export function createRecording(options: RecordingOptions): Recording {
  const { tab, browser, connect, network, inspectedWindow, site, debuggerApi: api } = options;
  let session = $state.raw<Session>();
  let revision = $state(0);
  let isOn = $state(false);
  let isLogPreserved = $state(false);
  let otherProtocol = $state<number>();
  let rejected = $state(0);

  const wallClock = () => performance.timeOrigin + performance.now();

  const { changed, giveWay } = createPainter(() => (revision += 1));
  $effect(() => {
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, giveWay, { capture: true, passive: true });
    return () => {
      for (const event of events) removeEventListener(event, giveWay, { capture: true });
    };
  });

  const intake = createIntake({
    startSession: (header) => (session = createSession({ ...header, browser })),
    reply: (relay, envelope) => {
      wire.send({ kind: 'to-relay', relay, envelope });
    },
    isLogPreserved: () => isLogPreserved,
    onOtherProtocol: (protocol) => (otherProtocol = protocol),
    onRejected: () => (rejected += 1),
  });

  const wire = createHubWire({
    connect,
    tab,
    hear: (envelope) => {
      if (envelope.kind === 'relay-left') intake.relayLeft(envelope.relay);
      else intake.hear(envelope.relay, envelope.envelope, envelope.isPopup);
      changed();
    },
    onLost: () => {
      intake.disconnected();
      sweepLater();
    },
  });

  const serviceWorkers = createServiceWorkers({ inspectedWindow, session: () => session });
  const workers = createWorkerDebugger({
    api,
    session: () => (isOn && !site.isOff ? session : undefined),
    changed,
    wallClock,
  });
  const networkLog = followNetworkLog({
    network,
    session: () => session,
    onEntry: serviceWorkers.hear,
    changed,
    wallClock,
  });

  // The browser's log goes on while the site is off, but what is in it then is none of our business.
  let wasOff = false;
  $effect(() => {
    if (wasOff && !site.isOff) networkLog.forget();
    wasOff = site.isOff;
    if (site.isOff) networkLog.pause();
    else if (isOn) networkLog.start();
  });

  function drill(id: number, action: DrillAction): boolean {
    const address = intake.addressOf(id);
    if (address === undefined) return false;
    const { relay, connection } = address;
    wire.send({ kind: 'to-relay', relay, envelope: { kind: 'drill', connection, action } });
    return true;
  }

  function sweepLater(): void {
    setTimeout(() => {
      if (!isOn) return;
      intake.sweep();
      changed();
    }, SWEEP_DELAY);
  }

  return {
    get session() {
      return session;
    },
    get revision() {
      return revision;
    },
    get isOn() {
      return isOn;
    },
    get isLogPreserved() {
      return isLogPreserved;
    },
    set isLogPreserved(preserve) {
      isLogPreserved = preserve;
    },
    get otherProtocol() {
      return otherProtocol;
    },
    get rejected() {
      return rejected;
    },
    get serviceWorkers() {
      return serviceWorkers.scripts;
    },
    workers,
    now: () => (session === undefined ? 0 : wallClock() - session.header.startedAt),
    drill,
    start: () => {
      if (isOn) return;
      isOn = true;
      intake.watch(wallClock());
      wire.open();
      networkLog.start();
      sweepLater();
    },
    pause: () => {
      isOn = false;
      wire.close();
      networkLog.pause();
      intake.disconnected();
    },
    clear: () => {
      // The new session would not know that active mode is on.
      const last = session?.drills.at(-1);
      if (last !== undefined && last.endedAt === undefined) drill(last.connection, { kind: 'end' });
      intake.restart(wallClock());
      changed();
    },
  };
}
