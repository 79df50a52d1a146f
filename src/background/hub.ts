import type { Runtime } from 'webextension-polyfill';
import type { HubToPanel, PanelToHub, TapCommand } from '../bridge/envelope.ts';

/** What the hub needs of the browser; a fake in tests. */
export interface HubPlatform {
  /** Wakes the relays of a tab: a panel opened. */
  wake: (tab: number) => void;
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

export function createHub(platform: HubPlatform): Hub {
  /** By tab; the panel that came last is the one that hears. */
  const panels = new Map<number, HubPort[]>();
  const relays = new Map<number, Map<number, HubPort>>();
  let lastRelay = 0;

  const panelOf = (tab: number) => panels.get(tab)?.at(-1);

  function toPanel(tab: number, envelope: HubToPanel): void {
    panelOf(tab)?.postMessage(envelope);
  }

  function stopRelays(tab: number): void {
    const stop: TapCommand = { kind: 'stop' };
    for (const relay of relays.get(tab)?.values() ?? []) relay.postMessage(stop);
  }

  /** Relays that connected before their panel did, then everybody else in the tab. */
  function callRelays(tab: number): void {
    for (const relay of relays.get(tab)?.values() ?? []) relay.disconnect();
    relays.delete(tab);
    platform.wake(tab);
    // Again for who missed it: a document that was just loading, or about to obey an earlier stop.
    platform.later(() => {
      if (panels.has(tab)) platform.wake(tab);
    }, WAKE_DELAY);
  }

  function watch(port: HubPort, tab: number): void {
    panels.set(tab, [...(panels.get(tab) ?? []), port]);
    platform.setWatching(true);
    callRelays(tab);
  }

  function unwatch(port: HubPort, tab: number): void {
    const wasHearing = panelOf(tab) === port;
    const others = (panels.get(tab) ?? []).filter((other) => other !== port);
    if (others.length > 0) panels.set(tab, others);
    else panels.delete(tab);
    platform.setWatching(panels.size > 0);
    if (!wasHearing) return;
    if (others.length > 0) callRelays(tab);
    else stopRelays(tab);
  }

  return {
    addRelay: (port, tab) => {
      const id = (lastRelay += 1);
      const ofTab = relays.get(tab) ?? new Map<number, HubPort>();
      relays.set(tab, ofTab.set(id, port));
      port.onMessage.addListener((envelope: unknown) => {
        toPanel(tab, { kind: 'from-relay', relay: id, envelope });
      });
      port.onDisconnect.addListener(() => {
        ofTab.delete(id);
        toPanel(tab, { kind: 'relay-left', relay: id });
      });
      platform.later(() => {
        if (!panels.has(tab)) stopRelays(tab);
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
          case 'to-relay':
            if (watched === undefined || panelOf(watched) !== port) return;
            relays.get(watched)?.get(envelope.relay)?.postMessage(envelope.envelope);
            return;
          case 'heartbeat':
            break;
        }
        const alive: HubToPanel = { kind: 'alive' };
        port.postMessage(alive);
      });
      port.onDisconnect.addListener(() => {
        if (watched !== undefined) unwatch(port, watched);
      });
    },
  };
}
