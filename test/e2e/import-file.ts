import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevTools } from '../../src/lab/browser/devtools.ts';

/** Gives the panel a file, as the file picker would. */
export async function importFile(
  { panel }: DevTools,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-import-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    const { root } = await panel.cdp.send<{ root: { nodeId: number } }>('DOM.getDocument');
    const { nodeId } = await panel.cdp.send<{ nodeId: number }>('DOM.querySelector', {
      nodeId: root.nodeId,
      selector: '[data-import]',
    });
    await panel.cdp.send('DOM.setFileInputFiles', { nodeId, files: [path] });
    await panel.until(
      `document.querySelector('[data-banner]')?.innerText.includes(${JSON.stringify(name)}) ||
       document.querySelector('[data-problem]') !== null`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
