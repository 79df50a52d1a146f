import { mount } from 'svelte';
import browser from 'webextension-polyfill';
import { PANEL_PORT } from '../bridge/envelope.ts';
import PanelRoot from './PanelRoot.svelte';
import { readHar } from './state/read-har.ts';
import { browserName } from './state/browser-name.ts';
import type { DebuggerApi } from './state/worker-debugger.svelte.ts';

/** The polyfill does not know it. */
const { chrome } = globalThis as { chrome?: { debugger?: DebuggerApi } };

mount(PanelRoot, {
  target: document.body,
  props: {
    tab: browser.devtools.inspectedWindow.tabId,
    browser: browserName(navigator),
    connect: () => browser.runtime.connect({ name: PANEL_PORT }),
    network: { getHAR: readHar, onRequestFinished: browser.devtools.network.onRequestFinished },
    inspectedWindow: browser.devtools.inspectedWindow,
    debuggerApi: chrome?.debugger,
  },
});
