import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevTools } from '../../src/lab/browser/devtools.ts';

/** Gives a file input of the panel a file, as the file picker would; it is there until the panel is done. */
export async function giveFile(
  { panel }: DevTools,
  selector: string,
  name: string,
  content: string | Uint8Array,
  untilDone: () => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-import-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    const { root } = await panel.cdp.send<{ root: { nodeId: number } }>('DOM.getDocument');
    const { nodeId } = await panel.cdp.send<{ nodeId: number }>('DOM.querySelector', {
      nodeId: root.nodeId,
      selector,
    });
    await panel.cdp.send('DOM.setFileInputFiles', { nodeId, files: [path] });
    await untilDone();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
