import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExporterId } from '../../trace/exporters.ts';
import type { DevTools } from './devtools.ts';

const PATIENCE = 120_000;

interface DownloadProgress {
  guid: string;
  state: 'inProgress' | 'completed' | 'canceled';
}

/**
 * Exports the panel's session as its user would: the menu, the format, the download.
 * @returns the file's bytes
 */
export async function exportTrace(devtools: DevTools, format: ExporterId): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-export-'));
  try {
    return await readFile(await downloadTrace(devtools, format, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Exports the panel's session into a folder, under a name of the browser's choice.
 *
 * @returns the file's path
 * @throws what the panel says when the export fails
 */
export async function downloadTrace(
  devtools: DevTools,
  format: ExporterId,
  folder: string,
): Promise<string> {
  return downloadAfter(devtools, folder, async () => {
    await devtools.panel.click('[data-action="export"]');
    await devtools.panel.click(`[data-export="${format}"]`);
  });
}

/**
 * Waits for the file that a click in the panel makes.
 *
 * @returns the file's path
 * @throws what the panel says when it fails
 */
export async function downloadAfter(
  { root, panel }: DevTools,
  folder: string,
  press: () => Promise<void>,
): Promise<string> {
  const ended: DownloadProgress[] = [];
  await root.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
  root.on('Browser.downloadProgress', (params) => {
    const progress = params as DownloadProgress;
    if (progress.state !== 'inProgress') ended.push(progress);
  });
  await press();
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const [download] = ended;
    if (download?.state === 'completed') return join(folder, download.guid);
    if (download !== undefined) {
      throw new Error('The browser cancelled the download: is the disk full?');
    }
    const problem = await panel.evaluate<string>(
      `document.querySelector('[data-problem] span')?.innerText ?? ''`,
    );
    if (problem !== '') throw new Error(problem);
    if (Date.now() > deadline) throw new Error('The export never came to its end.');
    await pause(25);
  }
}
