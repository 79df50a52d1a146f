import { join } from 'node:path';
import type { PanelHandle } from '../browser/panel-handle.ts';
import { saveSession } from './panel-session.ts';
import type { ReadReport } from './print-report.ts';
import type { OpenPanel } from './with-panel.ts';
import { writeWhole } from './write-whole.ts';

/** The news are cut every few seconds; a busy machine takes longer. */
const PATIENCE = 90_000;

/** Cut off twice, and back again with something new. */
const HAS_COME_BACK = `
  Number(document.documentElement.dataset.newsReconnects) >= 2
  && document.getElementById('news')?.dataset.state === 'open'
  && document.querySelector('#headlines li')?.className !== 'life'`;

/** The tour without anybody to look at it: what a visitor would see goes to files. */
export async function runTour(open: OpenPanel, origin: string, out: string): Promise<ReadReport> {
  const { page, devtools } = open;
  await page.goto(`${origin}/tour`);
  await page.waitForFunction(HAS_COME_BACK, undefined, { timeout: PATIENCE });
  await showOneMessage(devtools.panel);
  await writeWhole(join(out, 'panel.png'), await devtools.screenshot({ width: 1280, height: 800 }));
  return saveSession(open, out, ['har', 'jsonl']);
}

/** Selects the event stream, and one of its messages. */
async function showOneMessage(panel: PanelHandle): Promise<void> {
  const channel = await panel.until<string>(
    `[...document.querySelectorAll('[data-channel]')].find((row) => row.innerText.includes('/sse/'))?.dataset.channel`,
  );
  // Its label: in the lane a click opens what is under it.
  await panel.click(`[data-channel="${channel}"] .label`);
  const row = await panel.until<string>(
    `[...document.querySelectorAll('[data-row]')].at(-3)?.dataset.row`,
  );
  await panel.click(`[data-row="${row}"]`);
  await panel.until(`document.querySelector('[data-payload]') !== null`);
}
