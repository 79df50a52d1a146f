import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { manifestFor, type TargetBrowser } from './src/build/manifest-for.ts';

/** `vite build --mode firefox` builds for Firefox; every other mode builds for Chromium. */
export default defineConfig(({ mode }) => {
  const browser: TargetBrowser = mode === 'firefox' ? 'firefox' : 'chromium';
  return {
    plugins: [
      svelte(),
      crx({
        manifest: manifestFor(browser, manifest) as ManifestV3Export,
        browser: browser === 'firefox' ? 'firefox' : 'chrome',
      }),
    ],
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input: { panel: 'src/panel/panel.html' } },
    },
  };
});
