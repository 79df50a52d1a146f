import type { Session } from '../../src/core/session.ts';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { EXPORTERS } from '../../src/trace/exporters.ts';
import { importFile } from './import-file.ts';

/** Opens a session as a trace in our own format, and its first channel. */
export async function openSession(
  devtools: DevTools,
  name: string,
  session: Session,
): Promise<void> {
  const [ownFormat] = EXPORTERS;
  const lines = [...(ownFormat?.write(session, { toolVersion: '0' }) ?? [])];
  await importFile(devtools, `${name}.jsonl`, lines.join(''));
  await devtools.panel.click('[data-channel="1"] .label');
}

/** Selects a message of the list by its row, as a click on it does. */
export async function selectRow({ panel }: DevTools, row: number): Promise<void> {
  await panel.until(`document.querySelector('[data-row="${row}"]') !== null`);
  await panel.evaluate(`(() => {
    const row = document.querySelector('[data-row="${row}"]');
    const { left, top } = row.getBoundingClientRect();
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: left + 40, clientY: top + 8 }));
  })()`);
  await panel.until(`document.querySelector('[data-row="${row}"]')?.ariaSelected === 'true'`);
}

/** An expression: the visible text of the first match, empty where there is none. */
export const textOf = (selector: string): string =>
  `(document.querySelector('${selector}')?.innerText ?? '')`;
