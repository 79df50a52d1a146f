import browser from 'webextension-polyfill';
import { PANEL_PORT, RELAY_PORT, type Wake, WATCHING_KEY } from '../bridge/envelope.ts';
import { createHub } from './hub.ts';

const hub = createHub({
  wake: (tab) => {
    const wake: Wake = { kind: 'wake' };
    // A tab without any relay (a browser page) answers with an error; there is nobody to wake then.
    browser.tabs.sendMessage(tab, wake).catch(() => undefined);
  },
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
