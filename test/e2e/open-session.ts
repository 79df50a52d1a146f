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
