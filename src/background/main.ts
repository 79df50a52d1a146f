import browser from 'webextension-polyfill';
import { PANEL_PORT, RELAY_PORT, type Wake, WATCHING_KEY } from '../bridge/envelope.ts';
import { createHub } from './hub.ts';

function sendWake(tab: number): void {
  const wake: Wake = { kind: 'wake' };
  // A tab without any relay (a browser page) answers with an error; there is nobody to wake then.
  browser.tabs.sendMessage(tab, wake).catch(() => undefined);
}

const hub = createHub({
  wake: (tab) => {
    sendWake(tab);
    void browser.tabs.query({}).then((tabs) => {
      for (const { id, openerTabId } of tabs) {
        if (openerTabId === tab && id !== undefined) sendWake(id);
      }
    });
  },
  openerOf: async (tab) => (await browser.tabs.get(tab)).openerTabId,
  setWatching: (isAnyPanelOpen) => {
    void browser.storage.local.set({ [WATCHING_KEY]: isAnyPanelOpen });
  },
  later: (run, delay) => {
    setTimeout(run, delay);
  },
});

browser.runtime.onConnect.addListener((port) => {
  const tab = port.sender?.tab?.id;
  const isOurPage = port.sender?.url?.startsWith(browser.runtime.getURL('')) === true;
  if (port.name === RELAY_PORT && tab !== undefined) hub.addRelay(port, tab);
  else if (port.name === PANEL_PORT && isOurPage) hub.addPanel(port);
  else port.disconnect();
});

// After a crash the last word in the storage may be out of date.
browser.runtime.onStartup.addListener(() => {
  void browser.storage.local.remove(WATCHING_KEY);
});
