import { describe, expect, it } from 'vitest';
import { createHub } from '../../../src/background/hub.ts';
import { type FakePort, fakeWires } from '../../builders/fake-ports.ts';

/** A hub, and the other ends of its ports. */
function aHub() {
  const { pair, deliver } = fakeWires();
  const woken: number[] = [];
  const watching: boolean[] = [];
  const openers = new Map<number, number>();
  let due: (() => void)[] = [];
  const hub = createHub({
    wake: (tab) => woken.push(tab),
    openerOf: (tab) => Promise.resolve(openers.get(tab)),
    setWatching: (isAnyPanelOpen) => watching.push(isAnyPanelOpen),
    later: (run) => due.push(run),
  });

  function join(add: (port: FakePort) => void) {
    const [mine, hubs] = pair();
    const heard: unknown[] = [];
    let signsOfLife = 0;
    mine.onMessage.addListener((message) => {
      if ((message as { kind: string }).kind === 'alive') signsOfLife += 1;
      else heard.push(message);
    });
    add(hubs);
    return {
      heard: () => {
        deliver();
        return heard.splice(0);
      },
      signsOfLife: () => {
        deliver();
        return signsOfLife;
      },
      say: (message: unknown) => {
        mine.postMessage(message);
        deliver();
      },
      leave: () => {
        mine.disconnect();
        deliver();
      },
      isConnected: () => {
        deliver();
        return !mine.isClosed;
      },
    };
  }

  return {
    woken,
    openers,
    watching,
    relay: (tab: number) => join((port) => hub.addRelay(port, tab)),
    panel: (tab: number) => {
      const panel = join((port) => hub.addPanel(port));
      panel.say({ kind: 'watch', tab });
      return panel;
    },
    aSilentPanel: () => join((port) => hub.addPanel(port)),
    passTime: () => {
      const now = due;
      due = [];
      for (const run of now) run();
      deliver();
    },
  };
}

const stop = { kind: 'stop' };
const start = { kind: 'start', after: 0 };

describe('the hub', () => {
  it('wakes the tab of a panel, and passes on what its relays say, unread', () => {
    const { relay, panel, woken, watching } = aHub();
    const watcher = panel(7);
    expect(woken).toEqual([7]);
    expect(watching).toEqual([true]);
    const [one, other] = [relay(7), relay(7)];
    one.say({ anything: new Uint8Array([1]) });
    other.say('goes');
    expect(watcher.heard()).toEqual([
      { kind: 'from-relay', relay: 1, envelope: { anything: new Uint8Array([1]) } },
      { kind: 'from-relay', relay: 2, envelope: 'goes' },
    ]);
    watcher.say({ kind: 'to-relay', relay: 2, envelope: start });
    expect(one.heard()).toEqual([]);
    expect(other.heard()).toEqual([start]);
    other.leave();
    expect(watcher.heard()).toEqual([{ kind: 'relay-left', relay: 2 }]);
    watcher.say({ kind: 'to-relay', relay: 2, envelope: start });
  });

  it('lets nothing cross from one tab to another', () => {
    const { relay, panel } = aHub();
    const [mine, theirs] = [panel(7), panel(8)];
    const [relayOf7, relayOf8] = [relay(7), relay(8)];
    relayOf7.say('secret');
    expect(mine.heard()).toHaveLength(1);
    expect(theirs.heard()).toEqual([]);
    theirs.say({ kind: 'to-relay', relay: 1, envelope: stop });
    expect(relayOf7.heard()).toEqual([]);
    mine.leave();
    expect(relayOf7.heard()).toEqual([stop]);
    expect(relayOf8.heard()).toEqual([]);
  });

  it('lets the panel of a tab hear the popups that the tab opened, unless they have a panel of their own', async () => {
    const { relay, panel, openers, woken } = aHub();
    openers.set(9, 7);
    const opener = panel(7);
    const popup = relay(9);
    popup.say('hello');
    popup.say('again');
    await new Promise(setImmediate);
    expect(opener.heard()).toEqual([
      { kind: 'from-relay', relay: 1, envelope: 'hello', isPopup: true },
      { kind: 'from-relay', relay: 1, envelope: 'again', isPopup: true },
    ]);
    opener.say({ kind: 'to-relay', relay: 1, envelope: start });
    expect(popup.heard()).toEqual([start]);
    const own = panel(9);
    expect(woken).toEqual([7, 9]);
    const popupAgain = relay(9);
    popupAgain.say('hello');
    expect(own.heard()).toEqual([{ kind: 'from-relay', relay: 2, envelope: 'hello' }]);
    expect(opener.heard()).toEqual([{ kind: 'relay-left', relay: 1 }]);
  });

  it('answers each heartbeat of a panel', () => {
    const { panel } = aHub();
    const watcher = panel(7);
    const before = watcher.signsOfLife();
    watcher.say({ kind: 'heartbeat' });
    expect(watcher.signsOfLife()).toBe(before + 1);
    expect(watcher.heard()).toEqual([]);
  });

  it('lets a panel that watches nothing say nothing', () => {
    const { relay, aSilentPanel, watching } = aHub();
    const documentRelay = relay(7);
    const panel = aSilentPanel();
    panel.say({ kind: 'to-relay', relay: 1, envelope: start });
    panel.say({ kind: 'heartbeat' });
    panel.leave();
    expect(documentRelay.heard()).toEqual([]);
    expect(watching).toEqual([]);
  });

  it('asks relays that came before their panel to come again', () => {
    const { relay, panel, woken } = aHub();
    const early = relay(7);
    early.say('lost');
    const watcher = panel(7);
    expect(early.isConnected()).toBe(false);
    expect(woken).toEqual([7]);
    expect(watcher.heard()).toEqual([]);
    relay(7).say('here again');
    expect(watcher.heard()).toMatchObject([{ relay: 2, envelope: 'here again' }]);
  });

  it('calls a second time, for documents that were just loading', () => {
    const { panel, woken, passTime } = aHub();
    const watcher = panel(7);
    passTime();
    expect(woken).toEqual([7, 7]);
    panel(7);
    watcher.leave();
    panel(8).leave();
    passTime();
    expect(woken).toEqual([7, 7, 7, 8, 7]);
  });

  it('stops relays whose panel does not come', () => {
    const { relay, passTime, watching } = aHub();
    const orphan = relay(7);
    expect(orphan.heard()).toEqual([]);
    passTime();
    expect(orphan.heard()).toEqual([stop]);
    expect(watching).toEqual([false]);
  });

  it('does not stop relays whose panel came', () => {
    const { relay, panel, passTime, watching } = aHub();
    panel(7);
    const documentRelay = relay(7);
    passTime();
    expect(documentRelay.heard()).toEqual([]);
    expect(watching.at(-1)).toBe(true);
  });

  it('stops the relays of a panel that closes, and says when no panel is left', () => {
    const { relay, panel, watching } = aHub();
    const [one, other] = [panel(7), panel(8)];
    const documentRelay = relay(7);
    one.leave();
    expect(documentRelay.heard()).toEqual([stop]);
    expect(watching.at(-1)).toBe(true);
    other.leave();
    expect(watching.at(-1)).toBe(false);
  });

  it('hears the panel of a tab that came last, and the one before when that leaves', () => {
    const { relay, panel, woken, watching } = aHub();
    const first = panel(7);
    const old = relay(7);
    const second = panel(7);
    expect(old.isConnected()).toBe(false);
    const documentRelay = relay(7);
    documentRelay.say('hello');
    expect(first.heard()).toEqual([]);
    expect(second.heard()).toHaveLength(1);
    first.say({ kind: 'to-relay', relay: 2, envelope: stop });
    expect(documentRelay.heard()).toEqual([]);

    second.leave();
    expect(documentRelay.isConnected()).toBe(false);
    expect(woken).toEqual([7, 7, 7]);
    relay(7).say('hello');
    expect(first.heard()).toMatchObject([{ envelope: 'hello' }]);
    expect(watching.at(-1)).toBe(true);
  });

  it('is not touched when a panel leaves that another one replaced', () => {
    const { relay, panel, watching } = aHub();
    const first = panel(7);
    const second = panel(7);
    const documentRelay = relay(7);
    first.leave();
    expect(documentRelay.heard()).toEqual([]);
    expect(documentRelay.isConnected()).toBe(true);
    documentRelay.say('hello');
    expect(second.heard()).toHaveLength(1);
    expect(watching.at(-1)).toBe(true);
  });
});
