import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';

/** Every test finds a browser and the built extension in place. */
export default async function setup(): Promise<void> {
  process.env['WIRESCOPE_BROWSER'] = await findBrowser((line) => {
    console.log(line);
  });
  await ensureBuilt('chromium');
}
