import type sharedManifest from '../../manifest.json';

export type TargetBrowser = 'chromium' | 'firefox';

/** Keys that only Chromium knows; Firefox always clones what its ports carry, and warns about the rest. */
const CHROMIUM_ONLY = new Set(['minimum_chrome_version', 'message_serialization']);

/** The manifest of one browser, made from the shared `manifest.json`. */
export function manifestFor(browser: TargetBrowser, shared: typeof sharedManifest): object {
  if (browser === 'chromium') return shared;
  return {
    ...Object.fromEntries(Object.entries(shared).filter(([key]) => !CHROMIUM_ONLY.has(key))),
    background: { scripts: [shared.background.service_worker], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'wirescope@wirescope.dev',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}
