import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { manifestFor } from './src/build/manifest-for.ts';
import { BUILD_TARGETS } from './src/build/paths.ts';

/** `vite build --mode TARGET` builds for one target; without one of them, for Chromium. */
export default defineConfig(({ mode }) => {
  const target = BUILD_TARGETS.find((name) => name === mode) ?? 'chromium';
  return {
    plugins: [
      svelte(),
      crx({
        manifest: manifestFor(target, manifest) as ManifestV3Export,
        browser: target === 'firefox' ? 'firefox' : 'chrome',
      }),
    ],
    worker: { format: 'es' },
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input: { panel: 'src/panel/panel.html' } },
    },
  };
});
