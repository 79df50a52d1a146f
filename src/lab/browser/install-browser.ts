import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { NoBrowserError } from './no-browser-error.ts';

/** What of this machine matters to the search for a browser; a test puts another one in its place. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  isRoot: boolean;
  aptGet: string;
  /** Where Playwright's own Chromium stands, or would. */
  playwrightsOwn: () => string;
  /** The command of Playwright that downloads it. */
  playwrightInstall: readonly string[];
}

export const HERE: Surroundings = {
  env: process.env,
  isRoot: process.getuid?.() === 0,
  aptGet: '/usr/bin/apt-get',
  playwrightsOwn: () => chromium.executablePath(),
  playwrightInstall: [
    process.execPath,
    join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js'),
    'install',
    '--no-shell',
    'chromium',
  ],
};

/** A bare machine has no fonts, and a screenshot without letters shows nothing. */
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-dejavu-core', 'fonts-noto-color-emoji'];

const MENDS =
  'Install one by hand (as root: apt-get install chromium; elsewhere: npx playwright install chromium), or set WIRESCOPE_BROWSER to its path.';

/**
 * Installs the system's package as root on Debian and its kin, else Playwright's own Chromium.
 * @throws {NoBrowserError} when neither works
 */
export async function installBrowser(
  say: (line: string) => void,
  around: Surroundings,
): Promise<void> {
  const reasons: string[] = [];
  if (around.isRoot && (await exists(around.aptGet))) {
    say('No Chromium found: installing it with apt-get (this takes a minute or two) …');
    // An outdated list is better than none: whether it will do, the installation says.
    await run([around.aptGet, 'update', '-qq'], around).catch(() => undefined);
    const install = [around.aptGet, 'install', '-y', '-qq', '--no-install-recommends'];
    const reason = await attempt([...install, ...PACKAGES], around);
    if (reason === undefined) return;
    reasons.push(`apt-get failed (${reason})`);
  }
  say("No Chromium found: downloading Playwright's (this takes a minute or two) …");
  const reason = await attempt(around.playwrightInstall, around);
  if (reason === undefined) return;
  reasons.push(`the download failed (${reason})`);
  throw new NoBrowserError(`No Chromium found; ${reasons.join(', ')}. ${MENDS}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** @returns the reason in one line when the command failed */
async function attempt(
  command: readonly string[],
  around: Surroundings,
): Promise<string | undefined> {
  try {
    await run(command, around);
    return undefined;
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    return reasonIn(`${stdout}\n${stderr}`) ?? 'it did not say why';
  }
}

async function run([file = '', ...args]: readonly string[], { env }: Surroundings): Promise<void> {
  await promisify(execFile)(file, args, {
    env: {
      ...env,
      DEBIAN_FRONTEND: 'noninteractive',
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
    },
    timeout: 10 * 60_000,
    maxBuffer: 1 << 26,
  });
}

/** The line that tells most: an error where one is named, else the last. */
export function reasonIn(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.find((line) => /^(?:E:|Error:|.*\bE[A-Z]{6,}\b)/u.test(line));
  return (telling ?? lines.at(-1))?.replace(/^(?:E|Error): |, caused by$/gu, '').slice(0, 200);
}
