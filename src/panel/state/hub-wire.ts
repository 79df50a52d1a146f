import type { Runtime } from 'webextension-polyfill';
import type { HubToPanel, PanelToHub } from '../../bridge/envelope.ts';

/** The hub as the panel sees it: it is simply there, also after the browser stopped it. */
export interface HubWire {
  open: () => void;
  close: () => void;
  send: (envelope: PanelToHub) => void;
}

export interface HubWireOptions {
  connect: () => Pick<Runtime.Port, 'onMessage' | 'onDisconnect' | 'postMessage' | 'disconnect'>;
  tab: number;
  /** Everything but the hub's own signs of life. */
  hear: (envelope: Exclude<HubToPanel, { kind: 'alive' }>) => void;
  /** The hub went away; the wire is already connecting anew. */
  onLost: () => void;
}

/**
 * Both browsers stop a background that nobody has spoken to for 30 s, and a port to one that is just being
 * stopped may stay silent without ever being disconnected: who is not answered within this time connects anew.
 */
const HEARTBEAT_INTERVAL = 5_000;

export function createHubWire({ connect, tab, hear, onLost }: HubWireOptions): HubWire {
  let port: ReturnType<HubWireOptions['connect']> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let isAnswered = false;

  function send(envelope: PanelToHub): void {
    try {
      port?.postMessage(envelope);
    } catch {
      // The hub died in this very moment: `onDisconnect` follows, and documents send again what is missing.
    }
  }

  function open(): void {
    if (port !== undefined) return;
    port = connect();
    port.onMessage.addListener((message: unknown) => {
      const envelope = message as HubToPanel;
      isAnswered = true;
      if (envelope.kind !== 'alive') hear(envelope);
    });
    port.onDisconnect.addListener(reconnect);
    isAnswered = false;
    send({ kind: 'watch', tab });
    heartbeat = setInterval(() => {
      if (!isAnswered) {
        reconnect();
        return;
      }
      isAnswered = false;
      send({ kind: 'heartbeat' });
    }, HEARTBEAT_INTERVAL);
  }

  function reconnect(): void {
    close();
    onLost();
    open();
  }

  function close(): void {
    clearInterval(heartbeat);
    port?.disconnect();
    port = undefined;
  }

  return { open, close, send };
}
