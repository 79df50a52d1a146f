import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { giveFile } from './give-file.ts';

/** Opens a file as a trace, as the file picker would. */
export async function importFile(
  devtools: DevTools,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const { panel } = devtools;
  await giveFile(devtools, '[data-import]', name, content, () =>
    panel.until(
      `document.querySelector('[data-banner]')?.innerText.includes(${JSON.stringify(name)}) ||
       document.querySelector('[data-problem]') !== null`,
    ),
  );
}
