import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const ENTRY = 'virtual:performance';
const STAGE = fileURLToPath(new URL('stage.ts', import.meta.url));
const bundles = new Map<string, Promise<string>>();

/**
 * The page's part of a scenario and its library as one classic script that waits to be called.
 *
 * @param part the module of the page's part
 */
export function bundlePage(part: URL): Promise<string> {
  const known = bundles.get(part.href) ?? bundle(fileURLToPath(part));
  bundles.set(part.href, known);
  return known;
}

async function bundle(part: string): Promise<string> {
  const entry: Plugin = {
    name: 'third-party-entry',
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load: (id) =>
      id === ENTRY
        ? `import { perform } from ${JSON.stringify(STAGE)};
           import play from ${JSON.stringify(part)};
           globalThis.performScenario = (variant) => perform(play, variant);`
        : undefined,
  };
  const { output } = (await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    plugins: [entry],
    // Libraries of before the modules look for Node's names.
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput;
  return output[0].code;
}
