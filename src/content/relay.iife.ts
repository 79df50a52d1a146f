import type { Browser, Runtime } from 'webextension-polyfill';
import { decodeDrill, isDrillCommand } from '../bridge/drill-guard.ts';
import {
  HANDSHAKE_EVENT,
  type Hello,
  OFF_KEY,
  PROTOCOL,
  type Records,
  RELAY_PORT,
  type TapCommand,
  USUAL_LIMITS,
  type Wake,
  WATCHING_KEY,
} from '../bridge/envelope.ts';
import { LIMITS_KEY, readLimits } from '../bridge/kept-limits.ts';

/**
 * The relay: runs in the isolated world at `document_start`, just before the taps, and joins their port
 * to the hub's. It holds a runtime port only while a panel watches this tab; else it is silent.
 */

/**
 * Older Chromium has these functions under `chrome` only, with promises all the same; the polyfill would cost every frame
 * 10 kB. Taken before the document has elements, which the window also knows by their ids.
 */
const { chrome, browser = chrome } = globalThis as unknown as {
  browser?: Browser;
  chrome: Browser;
};

/** Speculation rules; not in Firefox. */
declare const document: Document & { prerendering?: boolean };

/** Survives in the isolated world when a window outlives its first, empty document. */
const world = globalThis as { wirescopeRelay?: true };

/** How long to wait before calling a hub that has just gone away. */
const RECONNECT_DELAY = 100;
/** A port to a hub that is just being stopped may stay silent; whoever hears nothing for so long calls again. */
const SILENCE = 5_000;
/** A document that is no part of the session hears nothing either, and stops asking. */
const MOST_SILENCES = 3;

function accept(handshake: MessageEvent): void {
  const [tap] = handshake.ports;
  if (tap === undefined) return;
  handshake.preventDefault();
  handshake.stopImmediatePropagation();
  world.wirescopeRelay = true;
  join(tap, String(handshake.data));
}

function join(tap: MessagePort, drainEvent: string): void {
  const stream = crypto.getRandomValues(new Uint32Array(4)).join('-');
  let hub: Runtime.Port | undefined;
  let isWatched = false;
  let restored = false;
  let silences = 0;
  let isOff = false;

  function tell(command: TapCommand): void {
    tap.postMessage(command);
  }

  function connect(): void {
    // A page that is rendered ahead is not the one that is inspected; it may never be shown.
    if (hub !== undefined || isOff || document.prerendering) return;
    isWatched = true;
    try {
      hub = browser.runtime.connect({ name: RELAY_PORT });
    } catch {
      // The extension was updated or removed: the tap of the old one goes silent for good.
      leave();
      tell({ kind: 'off' });
      return;
    }
    const opened = hub;
    const silence = setTimeout(() => {
      silences += 1;
      if (hub !== opened || silences > MOST_SILENCES) return;
      opened.disconnect();
      hub = undefined;
      connect();
    }, SILENCE);
    hub.onMessage.addListener((message: unknown) => {
      clearTimeout(silence);
      silences = 0;
      const command = message as TapCommand;
      if (command.kind === 'stop') leave();
      else if (command.kind !== 'drill') tell(command);
      else if (isDrillCommand(command)) tell(decodeDrill(command));
    });
    hub.onDisconnect.addListener(() => {
      if (hub !== opened) return;
      hub = undefined;
      if (isWatched) setTimeout(reconnect, RECONNECT_DELAY);
    });
    const hello: Hello = {
      kind: 'hello',
      protocol: PROTOCOL,
      stream,
      url: location.href,
      isTop: window === window.top,
      timeOrigin: performance.timeOrigin,
      restored,
    };
    hub.postMessage(hello);
  }

  function reconnect(): void {
    if (isWatched) connect();
  }

  function sleep(): void {
    isWatched = false;
    tell({ kind: 'stop' });
  }

  function leave(): void {
    sleep();
    hub?.disconnect();
    hub = undefined;
  }

  /** Only records come from a tap; who a document is, its relay says. */
  function passOn({ data }: MessageEvent<Partial<Records> | null>): void {
    if (data?.kind === 'records') hub?.postMessage(data);
  }

  async function joinIfWatched(): Promise<void> {
    const stored = await browser.storage.local.get([WATCHING_KEY, OFF_KEY, LIMITS_KEY]);
    if (stored[LIMITS_KEY] !== undefined) setLimits(stored[LIMITS_KEY]);
    setOff(stored[OFF_KEY]);
    if (stored[WATCHING_KEY] === true) connect();
  }

  /** The user turned this site off or on, or did so before this document was there. */
  function setOff(sites: unknown): void {
    const wasOff = isOff;
    isOff = Array.isArray(sites) && originsHere().some((origin) => sites.includes(origin));
    if (isOff === wasOff) return;
    if (isOff) leave();
    tell({ kind: isOff ? 'off' : 'on' });
  }

  function setLimits(stored: unknown): void {
    tell({ kind: 'limit', limits: { ...USUAL_LIMITS, ...readLimits(stored) } });
  }

  tap.onmessage = passOn;
  window.addEventListener(drainEvent, (event) => {
    passOn(event as MessageEvent<null>);
  });
  browser.storage.local.onChanged.addListener((changes) => {
    if (changes[LIMITS_KEY] !== undefined) setLimits(changes[LIMITS_KEY].newValue);
    if (changes[OFF_KEY] === undefined) return;
    const wasOff = isOff;
    setOff(changes[OFF_KEY].newValue);
    if (wasOff && !isOff) void joinIfWatched();
  });
  browser.runtime.onMessage.addListener((message: unknown) => {
    if ((message as Partial<Wake>).kind === 'wake') connect();
    return undefined;
  });
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    restored = true;
    void joinIfWatched();
  });
  document.addEventListener('prerenderingchange', () => void joinIfWatched(), { once: true });
  void joinIfWatched();
}

/** A frame belongs to the site of every document around it, as far as the browser tells (not in every Firefox). */
function originsHere(): string[] {
  const { origin, ancestorOrigins = [] } = location as {
    origin: string;
    ancestorOrigins?: Iterable<string>;
  };
  return [origin, ...ancestorOrigins];
}

if (world.wirescopeRelay !== true) {
  window.addEventListener(
    HANDSHAKE_EVENT,
    (event) => {
      accept(event as MessageEvent);
    },
    { once: true, capture: true },
  );
}
