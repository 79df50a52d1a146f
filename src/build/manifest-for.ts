import type sharedManifest from '../../manifest.json';

/**
 * For whom the extension is built. `chromium-workers` may also debug: Chromium gives that permission at install only,
 * and most people should not be asked for it.
 */
export type BuildTarget = 'chromium' | 'chromium-workers' | 'firefox';

/** Keys that only Chromium knows; Firefox always clones what its ports carry, and warns about the rest. */
const CHROMIUM_ONLY = new Set(['minimum_chrome_version', 'message_serialization']);

/** The manifest of one build, made from the shared `manifest.json`. */
export function manifestFor(target: BuildTarget, shared: typeof sharedManifest): object {
  if (target === 'chromium') return shared;
  if (target === 'chromium-workers') {
    const { name, permissions } = shared;
    return { ...shared, name: `${name} with workers`, permissions: [...permissions, 'debugger'] };
  }
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
