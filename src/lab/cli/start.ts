import { join, resolve } from 'node:path';
import { createLab, type Lab } from '../server.ts';
import { pageLost } from './open-page.ts';
import { sessionFile } from './panel-session.ts';
import { printReport } from './print-report.ts';
import { noPositionals, readArguments } from './read-arguments.ts';
import { runCommand, stopped, unlessStopped } from './run-command.ts';
import { runTour } from './tour.ts';
import { warn, withPanel } from './with-panel.ts';
import { prepareFolder } from './write-whole.ts';

const USAGE = `Usage: npm start [-- --headless] [--out DIR]

Builds the extension, starts the transport lab, and opens it in a browser with the panel beside it.
Without a display it runs the tour unseen, and writes what the panel saw.

  --headless   run unseen although there is a display
  --out DIR    where an unseen run writes (default out)`;

await runCommand(USAGE, async (stop) => {
  const { values, positionals } = readArguments(process.argv.slice(2), {
    headless: { type: 'boolean', default: false },
    out: { type: 'string', default: 'out' },
  });
  noPositionals(positionals);
  const out = resolve(values.out);
  const isUnseen = values.headless || !hasDisplay();
  if (isUnseen) await prepareFolder(out);
  const lab = await createLab();
  try {
    await (isUnseen ? tour(lab, out, stop) : show(lab, stop));
  } finally {
    await lab.close();
  }
});

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some(
    (display) => display !== undefined && display !== '',
  );
}

/** Until the last window is closed, or Ctrl+C. */
async function show(lab: Lab, stop: AbortSignal): Promise<void> {
  const trusts = lab.spkiHash;
  await withPanel(
    { headless: false, dockSide: 'bottom', trusts, stop, say: warn },
    async (open) => {
      const { context } = open.browser;
      await open.page.goto(`${lab.origin}/`);
      console.log(
        `Pick a scenario at ${lab.origin}/ and watch the Wirescope panel below it; close the browser or press Ctrl+C to end.`,
      );
      const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
      await Promise.race([closed, stopped(stop)]);
    },
  );
}

async function tour(lab: Lab, out: string, stop: AbortSignal): Promise<void> {
  const read = await withPanel({ headless: true, stop, say: warn }, (open) => {
    warn('No display: running the tour unseen …');
    const lost = pageLost(open.page);
    return unlessStopped(stop, Promise.race([lost, runTour(open, lab.origin, out)]));
  });
  printReport(read, { json: false });
  console.log('');
  const files = [sessionFile(out, 'har'), sessionFile(out, 'jsonl'), join(out, 'panel.png')];
  for (const file of files) console.log(file);
}
