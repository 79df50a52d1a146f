import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../../manifest.json' with { type: 'json' };
import { HERE, installBrowser, type Surroundings } from './install-browser.ts';
import { NoBrowserError } from './no-browser-error.ts';

/** Not Google Chrome and not Edge: both have dropped the switch that loads an unpacked extension. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-for-testing'];

/**
 * Finds a Chromium: `$WIRESCOPE_BROWSER`, then the PATH, then Playwright's own, then by installing one.
 *
 * @param say hears one line when something takes long
 * @throws {NoBrowserError}
 */
export async function findBrowser(
  say: (line: string) => void,
  around: Surroundings = HERE,
): Promise<string> {
  const named = around.env['WIRESCOPE_BROWSER'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new NoBrowserError(`$WIRESCOPE_BROWSER names ${named}, which cannot be run.`);
  }
  const found = await look(around);
  if (found !== undefined) return found;
  await installBrowser(say, around);
  const installed = await look(around);
  if (installed !== undefined) return installed;
  throw new NoBrowserError(
    `No usable Chromium, not even after installing one: set WIRESCOPE_BROWSER to the path of a Chromium ${manifest.minimum_chrome_version} or newer.`,
  );
}

async function look(around: Surroundings): Promise<string | undefined> {
  const folders = (around.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...candidates, around.playwrightsOwn()]) {
    if ((await isExecutable(path)) && (await isUsable(path))) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Old browsers refuse the extension. On Ubuntu `chromium-browser` may be a mere hint to install a snap, and
 * a snap cannot read a profile in the folder for temporary files.
 */
async function isUsable(path: string): Promise<boolean> {
  // There `--version` opens a window instead.
  if (process.platform === 'win32') return true;
  if (basename(await realpath(path)) === 'snap') return false;
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    const [, major] = /\bChrom\D*(\d+)\./u.exec(stdout) ?? [];
    return Number(major) >= Number(manifest.minimum_chrome_version);
  } catch {
    return false;
  }
}
