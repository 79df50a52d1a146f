import browser from 'webextension-polyfill';

interface CallbackNetwork {
  getHAR: (answer: (har: unknown) => void) => void;
}

/** Absent where the browser itself has `browser`, with promises: the polyfill leaves `getHAR` as it is. */
const { browser: native, chrome } = globalThis as unknown as {
  browser?: unknown;
  chrome: { devtools: { network: CallbackNetwork } };
};

/** DevTools' network log as a HAR, as far as it goes now. */
export function readHar(): Promise<unknown> {
  if (native !== undefined) return browser.devtools.network.getHAR();
  return new Promise((resolve) => {
    chrome.devtools.network.getHAR(resolve);
  });
}
