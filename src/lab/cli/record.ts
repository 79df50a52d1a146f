import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PanelHandle } from '../browser/panel-handle.ts';
import { openPage, pageLost } from './open-page.ts';
import { saveSession, sessionFile, untilSessionOfPage } from './panel-session.ts';
import { printReport, type ReadReport } from './print-report.ts';
import { readRecordOptions, RECORD_USAGE, type RecordOptions } from './record-options.ts';
import { runCommand, unlessStopped } from './run-command.ts';
import { type OpenPanel, warn, withPanel } from './with-panel.ts';
import { prepareFolder } from './write-whole.ts';

await runCommand(RECORD_USAGE, async (stop) => {
  const options = readRecordOptions(process.argv.slice(2));
  const out = resolve(options.out);
  await prepareFolder(out);
  const say = options.json ? () => undefined : warn;
  const target = options.workers ? 'chromium-workers' : 'chromium';
  const read = await withPanel({ headless: true, target, stop, say }, (open) =>
    Promise.race([pageLost(open.page), recordPage(open, options, stop, say)]),
  );
  printReport(read, options);
  if (options.json) return;
  console.log('');
  for (const format of options.formats) console.log(sessionFile(out, format));
});

async function recordPage(
  open: OpenPanel,
  { url, seconds, out, formats, workers }: RecordOptions,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<ReadReport> {
  if (workers) await watchWorkers(open.devtools.panel);
  await unlessStopped(stop, openPage(open.page, url));
  await unlessStopped(stop, untilSessionOfPage(open));
  const recorded = open.page.url();
  say(`Recording ${recorded} for ${seconds} s; Ctrl+C ends it early …`);
  await pause(seconds * 1_000, undefined, { signal: stop }).catch(() => undefined);
  const read = await saveSession(open, resolve(out), formats);
  const { url: last } = read.report.session;
  if (withoutHash(last) !== withoutHash(recorded)) {
    warn(`The page went on from ${recorded} to ${last}; the recording is of the latter.`);
  }
  return read;
}

/** As a user does it: by the notice. */
async function watchWorkers(panel: PanelHandle): Promise<void> {
  await panel.click('[data-notices] summary');
  await panel.click('[data-action="mend"]');
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/su, '');
}
