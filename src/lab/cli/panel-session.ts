import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EpochMilliseconds } from '../../core/units.ts';
import { type ExporterId, EXPORTERS } from '../../trace/exporters.ts';
import { importTrace } from '../../trace/importers.ts';
import { downloadTrace } from '../browser/export-trace.ts';
import { CommandError } from './command-errors.ts';
import { readReport, type ReadReport } from './print-report.ts';
import type { OpenPanel } from './with-panel.ts';
import { copyWhole } from './write-whole.ts';

const PATIENCE = 20_000;

/**
 * Waits until the panel's session is that of the document in the page: both name the same time origin.
 * @throws {CommandError} when the panel never hears of the page
 */
export async function untilSessionOfPage(open: OpenPanel): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const origin = await open.page.evaluate('performance.timeOrigin').catch(() => undefined);
    if (origin !== undefined && origin === (await startOfSession(open))) return;
    if (Date.now() > deadline) {
      throw new CommandError(`The panel heard nothing of ${open.page.url()}.`);
    }
    await pause(100);
  }
}

async function startOfSession({ devtools }: OpenPanel): Promise<EpochMilliseconds | undefined> {
  const isExportable = `document.querySelector('[data-action="export"]')?.disabled === false`;
  if (!(await devtools.panel.evaluate<boolean>(isExportable))) return undefined;
  return withFolder(async (folder) => {
    const trace = createReadStream(await downloadTrace(devtools, 'jsonl', folder));
    return (await importTrace(trace)).session.header.startedAt;
  });
}

/** Ends the recording and writes the session, as the panel exports it, in each format. */
export async function saveSession(
  { devtools }: OpenPanel,
  out: string,
  formats: readonly ExporterId[],
): Promise<ReadReport> {
  // Paused, so that every format tells of the same messages.
  await devtools.panel.click('[data-action="record"][aria-pressed="true"]');
  return withFolder(async (folder) => {
    const trace = await downloadTrace(devtools, 'jsonl', folder);
    const read = await readReport(trace);
    for (const format of formats) {
      const file = format === 'jsonl' ? trace : await downloadTrace(devtools, format, folder);
      await copyWhole(file, sessionFile(out, format));
    }
    return read;
  });
}

export function sessionFile(out: string, format: ExporterId): string {
  return join(out, `session.${EXPORTERS.find(({ id }) => id === format)?.extension ?? format}`);
}

async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-export-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
