import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../src/build/ensure-built.ts';
import { openDevTools } from '../../src/lab/browser/devtools.ts';
import { findBrowser } from '../../src/lab/browser/find-browser.ts';
import { launchBrowser } from '../../src/lab/browser/launch.ts';
import { ENTRIES } from './entries.ts';
import type { Entry } from './entry.ts';
import { type Lane, recordEntry } from './record-entry.ts';
import { writeTable } from './write-table.ts';

// Records the corpus of reconnects, or the entries that are named, into test/fixtures/reconnects.
// Several browsers at a time are faster; on a busy machine delays are no longer true, and a recording that
// shows it is refused and tried again.
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { browsers: { type: 'string', default: '2' } },
});

const FOLDER = new URL('../fixtures/reconnects/', import.meta.url);
const TRIES = 6;

const waiting = ENTRIES.filter(
  ({ name }) =>
    wanted.length === 0 || wanted.some((part) => new RegExp(`^${part}$`, 'u').test(name)),
);
if (waiting.length === 0) throw new Error(`No entry is called ${wanted.join(' or ')}.`);
const failed: string[] = [];
const executablePath = await findBrowser(console.error);
const extension = await ensureBuilt('chromium', console.error);
const lanes = Math.min(waiting.length, Number(values.browsers));
await Promise.all(Array.from({ length: lanes }, runLane));
await writeTable(FOLDER);
if (failed.length > 0) {
  console.error(`Not recorded: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function runLane(): Promise<void> {
  const browser = await launchBrowser({ executablePath, extension, headless: true });
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const devtools = await openDevTools(browser, page);
    const lane: Lane = { page, devtools, hear: () => Promise.resolve() };
    await page.exposeFunction('tellServer', (command: string) => lane.hear(command));
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      if (!(await keepRecording(entry, lane))) failed.push(entry.name);
    }
  } finally {
    await browser.close();
  }
}

async function keepRecording(entry: Entry, lane: Lane): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const { trace, truth, problems } = await recordEntry(entry, lane);
      if (problems.length === 0) {
        await writeFile(new URL(`${entry.name}.jsonl`, FOLDER), trace);
        await writeFile(
          new URL(`${entry.name}.truth.json`, FOLDER),
          `${JSON.stringify(truth, null, 1)}\n`,
        );
        console.log(`${entry.name}: ${trace.length} bytes`);
        return true;
      }
      console.error(`${entry.name}: ${problems.join('; ')}`);
    } catch (error) {
      console.error(`${entry.name}: ${String(error)}`);
    }
  }
  return false;
}
