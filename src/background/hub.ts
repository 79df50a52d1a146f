import type { Runtime } from 'webextension-polyfill';
import type { HubToPanel, PanelToHub, TapCommand } from '../bridge/envelope.ts';

/** What the hub needs of the browser; a fake in tests. */
export interface HubPlatform {
  /** Wakes the relays of a tab and of the popups that it opened: a panel opened. */
  wake: (tab: number) => void;
  /** The tab that opened this one. */
  openerOf: (tab: number) => Promise<number | undefined>;
  /** Tells relays of documents to come whether any panel is open. */
  setWatching: (isAnyPanelOpen: boolean) => void;
  later: (run: () => void, delay: number) => void;
}

/** The part of a runtime port that the hub uses. */
export type HubPort = Pick<Runtime.Port, 'postMessage' | 'disconnect'> & {
  onMessage: Pick<Runtime.Port['onMessage'], 'addListener'>;
  onDisconnect: Pick<Runtime.Port['onDisconnect'], 'addListener'>;
};

/** How long a relay may wait for its panel, which reconnects too after the hub was stopped. */
const ORPHAN_DELAY = 3_000;
/** When a document that missed the first call is called again. */
const WAKE_DELAY = 2_000;

/**
 * Pairs the relays of a tab with the tab's panel. It passes envelopes on unread and holds nothing that it
 * does not get again: the browser may stop it at any time, then both sides connect anew.
 */
export interface Hub {
  addRelay: (port: HubPort, tab: number) => void;
  addPanel: (port: HubPort) => void;
}

/** A document's side of the hub. */
interface Relay {
  readonly tab: number;
  readonly port: HubPort;
  /** The panel that hears it, settled when it connects: a panel that comes or goes calls its relays anew. */
  panel: HubPort | undefined;
  /** It is a document of a popup of the inspected tab. */
  isPopup: boolean;
}

export function createHub(platform: HubPlatform): Hub {
  /** By tab; the panel that came last is the one that hears. */
  const panels = new Map<number, HubPort[]>();
  const relays = new Map<number, Relay>();
  let lastRelay = 0;

  const panelOf = (tab: number) => panels.get(tab)?.at(-1);

  function tellPanel(panel: HubPort | undefined, envelope: HubToPanel): void {
    panel?.postMessage(envelope);
  }

  function relaysOf(panel: HubPort): Relay[] {
    return [...relays.values()].filter((relay) => relay.panel === panel);
  }

  function stopRelay({ port }: Relay): void {
    const stop: TapCommand = { kind: 'stop' };
    port.postMessage(stop);
  }

  /** Documents of a tab, its popups among them, find the panel that is theirs now. */
  function callRelays(tab: number, unheard: readonly Relay[]): void {
    for (const [id, relay] of relays) {
      if (!unheard.includes(relay)) continue;
      relays.delete(id);
      relay.port.disconnect();
      // A popup that gets a panel of its own leaves the one of its opener.
      if (relay.isPopup) tellPanel(relay.panel, { kind: 'relay-left', relay: id });
    }
    platform.wake(tab);
    // Again for who missed it: a document that was just loading, or about to obey an earlier stop.
    platform.later(() => {
      if (panels.has(tab)) platform.wake(tab);
    }, WAKE_DELAY);
  }

  function watch(port: HubPort, tab: number): void {
    const before = panelOf(tab);
    panels.set(tab, [...(panels.get(tab) ?? []), port]);
    platform.setWatching(true);
    // Relays that connected before their panel did, and those of the panel that heard until now.
    callRelays(
      tab,
      [...relays.values()].filter(
        (relay) => relay.tab === tab || relay.panel === undefined || relay.panel === before,
      ),
    );
  }

  function unwatch(port: HubPort, tab: number): void {
    const heard = relaysOf(port);
    const others = (panels.get(tab) ?? []).filter((other) => other !== port);
    if (others.length > 0) panels.set(tab, others);
    else panels.delete(tab);
    platform.setWatching(panels.size > 0);
    for (const relay of heard) relay.panel = undefined;
    if (others.length > 0 && heard.length > 0) callRelays(tab, heard);
    else heard.forEach(stopRelay);
  }

  /** Nobody watches a popup itself; the panel of the tab that opened it may. */
  async function findOpener(relay: Relay, tab: number): Promise<void> {
    const opener = await platform.openerOf(tab).catch(() => undefined);
    relay.panel = opener === undefined ? undefined : panelOf(opener);
    relay.isPopup = relay.panel !== undefined;
  }

  return {
    addRelay: (port, tab) => {
      const id = (lastRelay += 1);
      const relay: Relay = { tab, port, panel: panelOf(tab), isPopup: false };
      relays.set(id, relay);
      /** What was said before it was clear who listens. */
      let waiting: HubToPanel[] | undefined;
      const tell = (envelope: HubToPanel): void => {
        if (waiting !== undefined) waiting.push(envelope);
        else if (envelope.kind !== 'from-relay' || !relay.isPopup) tellPanel(relay.panel, envelope);
        else tellPanel(relay.panel, { ...envelope, isPopup: true });
      };
      if (relay.panel === undefined && panels.size > 0) {
        waiting = [];
        void findOpener(relay, tab).then(() => {
          const said = waiting ?? [];
          waiting = undefined;
          said.forEach(tell);
        });
      }
      port.onMessage.addListener((envelope: unknown) => {
        tell({ kind: 'from-relay', relay: id, envelope });
      });
      port.onDisconnect.addListener(() => {
        relays.delete(id);
        tell({ kind: 'relay-left', relay: id });
      });
      platform.later(() => {
        if (relay.panel === undefined && relays.has(id)) stopRelay(relay);
        platform.setWatching(panels.size > 0);
      }, ORPHAN_DELAY);
    },
    addPanel: (port) => {
      let watched: number | undefined;
      port.onMessage.addListener((message: unknown) => {
        const envelope = message as PanelToHub;
        switch (envelope.kind) {
          case 'watch':
            watched = envelope.tab;
            watch(port, watched);
            break;
          case 'to-relay': {
            const relay = relays.get(envelope.relay);
            if (relay?.panel === port) relay.port.postMessage(envelope.envelope);
            return;
          }
          case 'heartbeat':
            break;
        }
        tellPanel(port, { kind: 'alive' });
      });
      port.onDisconnect.addListener(() => {
        if (watched !== undefined) unwatch(port, watched);
      });
    },
  };
}
