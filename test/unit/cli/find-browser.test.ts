import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../src/lab/browser/find-browser.ts';
import type { Surroundings } from '../../../src/lab/browser/install-browser.ts';

let folder = '';
let bare: Surroundings;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirescope-find-'));
  bare = {
    env: { PATH: folder },
    isRoot: false,
    aptGet: join(folder, 'apt-get'),
    playwrightsOwn: () => join(folder, 'playwrights'),
    playwrightInstall: [join(folder, 'install'), 'chromium'],
  };
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function put(name: string, script: string): Promise<void> {
  return writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const quiet = () => undefined;

describe('the search for a browser', () => {
  test('takes what the PATH has', async () => {
    await put('chromium', 'echo Chromium 156.0.1');
    expect(await findBrowser(quiet, bare)).toBe(join(folder, 'chromium'));
  });

  test('passes over what is too old, and what is no browser', async () => {
    await put('chromium', 'echo Chromium 120.0.1');
    await put('chromium-browser', 'echo "install the snap" >&2; exit 1');
    await put('playwrights', 'echo Google Chrome for Testing 156.0.1');
    expect(await findBrowser(quiet, bare)).toBe(join(folder, 'playwrights'));
  });

  test('trusts $WIRESCOPE_BROWSER, but says when it cannot be run', async () => {
    await put('mine', '');
    const env = { ...bare.env, WIRESCOPE_BROWSER: join(folder, 'mine') };
    expect(await findBrowser(quiet, { ...bare, env })).toBe(join(folder, 'mine'));
    env.WIRESCOPE_BROWSER = join(folder, 'none');
    await expect(findBrowser(quiet, { ...bare, env })).rejects.toThrow(
      `$WIRESCOPE_BROWSER names ${join(folder, 'none')}, which cannot be run.`,
    );
  });

  test('installs with apt-get as root, and with fonts', async () => {
    await put(
      'apt-get',
      `case "$*" in *chromium*fonts*) printf '#!/bin/sh\\necho Chromium 156.0.1\\n' > ${folder}/chromium; /bin/chmod +x ${folder}/chromium;; esac`,
    );
    const said: string[] = [];
    const found = await findBrowser((line) => said.push(line), { ...bare, isRoot: true });
    expect(found).toBe(join(folder, 'chromium'));
    expect(said).toEqual([expect.stringContaining('apt-get')]);
  });

  test('says in one line what to do when nothing can be installed', async () => {
    await put('apt-get', 'echo "E: Unable to locate package chromium" >&2; exit 100');
    await put('install', 'echo "Error: getaddrinfo ENOTFOUND cdn" >&2; exit 1');
    const error = await findBrowser(quiet, { ...bare, isRoot: true }).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toBe(
      'NoBrowserError: No Chromium found; apt-get failed (Unable to locate package chromium), the download failed (getaddrinfo ENOTFOUND cdn). Install one by hand (as root: apt-get install chromium; elsewhere: npx playwright install chromium), or set WIRESCOPE_BROWSER to its path.',
    );
  });
});
